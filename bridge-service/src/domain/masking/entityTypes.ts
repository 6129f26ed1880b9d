import { z } from 'zod';

/**
 * What a token can say that it stands for, more special forms later. No name is another one followed by `_` and hexadecimal digits, so
 * that a token reads in one way only.
 */
export const entityTypes = [
  'PERSON',
  'ORGANIZATION',
  'EMAIL',
  'PHONE',
  'ADDRESS',
  'LOCATION',
  'POSTCODE',
  'BIRTH_DATE',
  'CREDIT_CARD',
  'IBAN',
  'BANK_ACCOUNT',
  'US_SSN',
  'US_ITIN',
  'NATIONAL_ID',
  'TAX_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
  'MEDICAL_ID',
  'IP_ADDRESS',
  'MAC_ADDRESS',
  'URL',
  'USERNAME',
  'SECRET',
  'ENCODED',
  'VALUE',
  'LITERAL',
] as const;

export const entityTypeSchema = z.enum(entityTypes);
export type EntityType = z.infer<typeof entityTypeSchema>;

/** Other spellings that an org may use in `masking_hints`, lower case without separators. */
const aliases: Readonly<Record<string, EntityType>> = {
  name: 'PERSON',
  personname: 'PERSON',
  firstname: 'PERSON',
  lastname: 'PERSON',
  company: 'ORGANIZATION',
  companyname: 'ORGANIZATION',
  organisation: 'ORGANIZATION',
  account: 'ORGANIZATION',
  emailaddress: 'EMAIL',
  phonenumber: 'PHONE',
  mobile: 'PHONE',
  fax: 'PHONE',
  street: 'ADDRESS',
  streetaddress: 'ADDRESS',
  city: 'LOCATION',
  country: 'LOCATION',
  state: 'LOCATION',
  zip: 'POSTCODE',
  zipcode: 'POSTCODE',
  postalcode: 'POSTCODE',
  birthdate: 'BIRTH_DATE',
  dateofbirth: 'BIRTH_DATE',
  dob: 'BIRTH_DATE',
  creditcardnumber: 'CREDIT_CARD',
  card: 'CREDIT_CARD',
  bankaccountnumber: 'BANK_ACCOUNT',
  ssn: 'US_SSN',
  socialsecuritynumber: 'US_SSN',
  itin: 'US_ITIN',
  passportnumber: 'PASSPORT',
  driverslicense: 'DRIVER_LICENSE',
  driverslicence: 'DRIVER_LICENSE',
  usdriverslicense: 'DRIVER_LICENSE',
  taxnumber: 'TAX_ID',
  vatnumber: 'TAX_ID',
  ip: 'IP_ADDRESS',
  user: 'USERNAME',
  apikey: 'SECRET',
  password: 'SECRET',
};

const byPlainName = new Map<string, EntityType>([
  ...Object.entries(aliases),
  ...entityTypes.map((type) => [plainName(type), type] as const),
]);

/** The type that a hint names. A hint of an unknown type still masks, as `VALUE`. */
export function entityTypeOfHint(hint: string): EntityType {
  return byPlainName.get(plainName(hint)) ?? 'VALUE';
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
