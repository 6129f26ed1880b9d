/**
 * The error codes this org answers with, and the HTTP status of each. Source: REST API Developer
 * Guide, "Status Codes and Error Responses"; SOAP API Developer Guide, "StatusCode". The guides give a
 * status for few codes: a client should decide by the code.
 */
const httpStatus = {
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 400,
  APEX_ERROR: 500,
  API_DISABLED_FOR_ORG: 403,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
  DUPLICATE_EXTERNAL_ID: 400,
  DUPLICATE_VALUE: 400,
  ENTITY_IS_DELETED: 404,
  EXCEEDED_ID_LIMIT: 400,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 400,
  FIELD_INTEGRITY_EXCEPTION: 400,
  FUNCTIONALITY_NOT_ENABLED: 403,
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 400,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INVALIDBATCH: 400,
  INVALIDJOB: 400,
  INVALIDJOBSTATE: 400,
  INVALID_CROSS_REFERENCE_KEY: 400,
  INVALID_FIELD: 400,
  INVALID_FIELD_FOR_INSERT_UPDATE: 400,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 400,
  INVALID_QUERY_FILTER_OPERATOR: 400,
  INVALID_QUERY_LOCATOR: 400,
  INVALID_REQUEST: 400,
  INVALID_SESSION_ID: 401,
  INVALID_TYPE: 400,
  INVALID_TYPE_ON_FIELD_IN_RECORD: 400,
  JSON_PARSER_ERROR: 400,
  MALFORMED_ID: 400,
  MALFORMED_QUERY: 400,
  METHOD_NOT_ALLOWED: 405,
  MISSING_ARGUMENT: 400,
  NOT_FOUND: 404,
  NUMBER_OUTSIDE_VALID_RANGE: 400,
  PROCESSING_HALTED: 400,
  REQUEST_LIMIT_EXCEEDED: 403,
  REQUIRED_FIELD_MISSING: 400,
  SERVER_UNAVAILABLE: 503,
  STRING_TOO_LONG: 400,
  UNABLE_TO_LOCK_ROW: 400,
  UNKNOWN_EXCEPTION: 500,
} as const;

export type ErrorCode = keyof typeof httpStatus;

/** One entry of the array that the REST API answers an error with. */
export interface ErrorBody {
  readonly message: string;
  readonly errorCode: ErrorCode;
  /** Present on errors of a write; empty when the error is about the whole record. */
  readonly fields?: readonly string[];
}

/** What a request is refused with. Anything else that is thrown is a bug of this org. */
export class SalesforceError extends Error {
  override readonly name = 'SalesforceError';
  readonly errorCode: ErrorCode;
  readonly fields: readonly string[] | undefined;

  constructor(errorCode: ErrorCode, message: string, fields?: readonly string[]) {
    super(message);
    this.errorCode = errorCode;
    this.fields = fields;
  }

  get status(): number {
    return httpStatus[this.errorCode];
  }

  get body(): ErrorBody {
    const { message, errorCode, fields } = this;
    return { message, errorCode, ...(fields && { fields }) };
  }
}

/** The same refusal on every route whose resource is not there, or not there for this user. */
export function notFound(): SalesforceError {
  return new SalesforceError('NOT_FOUND', 'The requested resource does not exist');
}
