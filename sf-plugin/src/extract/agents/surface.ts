import { parseRoot } from '../metadata/metadataFile.ts';
import { children, isTrue } from '../xml/xml.ts';
import { locatedText, type Located } from './located.ts';

/** A channel of the project's own: the formats in which the agent may answer there, by name. */
export interface SurfaceFacts {
  readonly responseFormats: readonly Located[];
}

/** A form of answer. With a target it is drawn by running something. */
export interface ResponseFormatFacts {
  readonly target: Located | undefined;
  /** `apex`, `flow`, `standardInvocableAction`, `generatePromptResponse`. */
  readonly targetType: Located | undefined;
}

/** @throws UnreadableError when the file is not a surface */
export function parseSurface(file: string, text: string): SurfaceFacts {
  const formats = children(parseRoot(file, text, 'AiSurface'), 'responseFormats');
  return {
    responseFormats: formats
      .filter((format) => isTrue(format, 'enabled'))
      .flatMap((format) => locatedText(format, 'responseFormat') ?? []),
  };
}

/** @throws UnreadableError when the file is not a response format */
export function parseResponseFormat(file: string, text: string): ResponseFormatFacts {
  const root = parseRoot(file, text, 'AiResponseFormat');
  return { target: locatedText(root, 'invocationTarget'), targetType: locatedText(root, 'invocationTargetType') };
}
