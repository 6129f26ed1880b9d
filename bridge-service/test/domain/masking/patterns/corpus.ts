/** A text and what patterns must find in it, in order, and nothing else: `TYPE value`. */
export type Case = readonly [text: string, ...found: string[]];

export const internet: readonly Case[] = [
  ['Write to maria.lopez+news@mail.example.co.uk, please.', 'EMAIL maria.lopez+news@mail.example.co.uk'],
  ["o'brien@example.com", "EMAIL o'brien@example.com"],
  ['<jürgen@müller.example>', 'EMAIL jürgen@müller.example'],
  ['maria (at) example (dot) com', 'EMAIL maria (at) example (dot) com'],
  ['maria [at] example.com', 'EMAIL maria [at] example.com'],
  [
    'Login from 203.0.113.77 and 2001:db8::8a2e:370:7334',
    'IP_ADDRESS 203.0.113.77',
    'IP_ADDRESS 2001:db8::8a2e:370:7334',
  ],
  ['fe80:0:0:0:200:f8ff:fe21:67cf', 'IP_ADDRESS fe80:0:0:0:200:f8ff:fe21:67cf'],
  ['card reader 00:1A:2b:3C:4d:5E', 'MAC_ADDRESS 00:1A:2b:3C:4d:5E'],
  ['git clone https://maria:s3cr3t@git.example.com/x.git', 'URL https://maria:s3cr3t@git.example.com/x.git'],
  ['https://example.com/cb?state=1&access_token=abc123', 'URL https://example.com/cb?state=1&access_token=abc123'],
  ['username: mlopez7', 'USERNAME mlopez7'],
  // not one
  ['Meet me @ the office at 10:30:00 today.'],
  ['version 10.2.3.4 of the app, v1.2.3.4'],
  ['300.1.1.1 and 1.2.3 and 1.2.3.4.5'],
  ['https://example.com/help?page=2'],
  ['The user name is required.'],
  ['std::vector<int> and 12::30'],
];

export const payment: readonly Case[] = [
  ['Visa 4111 1111 1111 1111', 'CREDIT_CARD 4111 1111 1111 1111'],
  ['5555-5555-5555-4444', 'CREDIT_CARD 5555-5555-5555-4444'],
  ['378282246310005', 'CREDIT_CARD 378282246310005'],
  ['6011.1111.1111.1117', 'CREDIT_CARD 6011.1111.1111.1117'],
  ['3530111333300000', 'CREDIT_CARD 3530111333300000'],
  ['30569309025904', 'CREDIT_CARD 30569309025904'],
  // mistyped, but called a card
  ['my card 4111 1111 1111 1112 is lost', 'CREDIT_CARD 4111 1111 1111 1112'],
  ['CVV: 123', 'CREDIT_CARD 123'],
  ['DE89 3704 0044 0532 0130 00', 'IBAN DE89 3704 0044 0532 0130 00'],
  ['gb82west12345698765432', 'IBAN gb82west12345698765432'],
  ['Pay FR1420041010050500013M02606 by Friday', 'IBAN FR1420041010050500013M02606'],
  ['NO93 8601 1117 947 is mine', 'IBAN NO93 8601 1117 947'],
  ['routing number 021000021', 'BANK_ACCOUNT 021000021'],
  ['account number: 000123456789', 'BANK_ACCOUNT 000123456789'],
  ['SWIFT DEUTDEFF500', 'BANK_ACCOUNT DEUTDEFF500'],
  // not one
  ['4111 1111 1111 1112'],
  ['DE89 3704 0044 0532 0130 01'],
  ['ZZ89370400440532013000'],
  ['routing 021000022'],
  ['9999 9999 9999 9995'],
  ['The total was 1234567890123 units.'],
];

export const phone: readonly Case[] = [
  ['+49 30 901820', 'PHONE +49 30 901820'],
  ['+1 (415) 555-2671', 'PHONE +1 (415) 555-2671'],
  ['+442079460958', 'PHONE +442079460958'],
  ['(415) 555-2671', 'PHONE (415) 555-2671'],
  ['415-555-2671 ext. 12', 'PHONE 415-555-2671 ext. 12'],
  ['020 7946 0958', 'PHONE 020 7946 0958'],
  ['Tel. 5552671', 'PHONE 5552671'],
  ['call me: 06 12 34 56 78', 'PHONE 06 12 34 56 78'],
  ['電話 03-1234-5678', 'PHONE 03-1234-5678'],
  // not one
  ['Order 4155552671 has 3 items.'],
  ['It costs 1.250.000 and 12,500.00.'],
  ['On 2026-11-23 and 23.11.2026'],
  ['phone 12'],
  ['ISBN 978-3-16-148410-0'],
];

export const usIds: readonly Case[] = [
  ['123-45-6789', 'US_SSN 123-45-6789'],
  ['SSN 123456789', 'US_SSN 123456789'],
  ['social security number is 123 45 6789', 'US_SSN 123 45 6789'],
  ['SSN l23-4S-6789', 'US_SSN l23-4S-6789'],
  ['***-**-6789', 'US_SSN 6789'],
  ['SSN ending 6789', 'US_SSN 6789'],
  ['ITIN 912-70-1234', 'US_ITIN 912-70-1234'],
  ["Driver's license D1234567", 'DRIVER_LICENSE D1234567'],
  ['Passport no. 123456789', 'PASSPORT 123456789'],
  ['Reisepass: C01X00T47', 'PASSPORT C01X00T47'],
  ['MRN: 00482213', 'MEDICAL_ID 00482213'],
  // not one
  ['000-12-3456 and 666-12-3456 and 123-00-4567 and 123-45-0000'],
  ['987654321'],
  ['Passport control is on the left.'],
  ['1123-45-67890'],
];

export const nationalIds: readonly Case[] = [
  ['QQ 12 34 56 C is a sample, AB 12 34 56 C is not', 'NATIONAL_ID AB 12 34 56 C'],
  ['NHS number 943 476 5919', 'NATIONAL_ID 943 476 5919'],
  ['DNI 12345678Z', 'NATIONAL_ID 12345678Z'],
  ['NIE X1234567L', 'NATIONAL_ID X1234567L'],
  ['RSSMRA85T10A562S', 'NATIONAL_ID RSSMRA85T10A562S'],
  ['756.9217.0769.85', 'NATIONAL_ID 756.9217.0769.85'],
  ['11010519491231002X', 'NATIONAL_ID 11010519491231002X'],
  ['131052-308T', 'NATIONAL_ID 131052-308T'],
  ['PESEL 44051401359', 'NATIONAL_ID 44051401359'],
  ['BSN 111222333', 'NATIONAL_ID 111222333'],
  ['SIN 046 454 286', 'NATIONAL_ID 046 454 286'],
  ['Steuer-ID 36574261809', 'NATIONAL_ID 36574261809'],
  ['S1234567D', 'NATIONAL_ID S1234567D'],
  ['CPF 390.533.447-05', 'TAX_ID 390.533.447-05'],
  ['RUT 12.531.909-2', 'TAX_ID 12.531.909-2'],
  ['USt-IdNr. DE136695976', 'TAX_ID DE136695976'],
  ['EIN 12-3456789', 'TAX_ID 12-3456789'],
  // not one: check digit wrong, or no cue
  ['12345678A and X1234567A'],
  ['RSSMRA85T10A562T'],
  ['44051401359 and 111222333 and 9434765919'],
  ['NHS number 9434765918'],
  ['390.533.447-06'],
];

export const birthDates: readonly Case[] = [
  ['DOB: 05/17/1980', 'BIRTH_DATE 05/17/1980'],
  ['born on 17 May 1980', 'BIRTH_DATE 17 May 1980'],
  ['Date of birth is May 17, 1980.', 'BIRTH_DATE May 17, 1980'],
  ['geboren am 17.05.1980', 'BIRTH_DATE 17.05.1980'],
  ['née le 17 mai 1980', 'BIRTH_DATE 17 mai 1980'],
  ['生年月日:1980年5月17日', 'BIRTH_DATE 1980年5月17日'],
  ['Ordered on 05/17/2026, delivered May 20, 2026.'],
  ['The idea was born in a garage.'],
];

export const addresses: readonly Case[] = [
  ['742 Evergreen Terrace', 'ADDRESS 742 Evergreen Terrace'],
  ['1600 Amphitheatre Pkwy, Suite 12', 'ADDRESS 1600 Amphitheatre Pkwy, Suite 12'],
  ['Hauptstraße 5a', 'ADDRESS Hauptstraße 5a'],
  ['12 rue de la Paix', 'ADDRESS 12 rue de la Paix'],
  ['Calle Mayor 5', 'ADDRESS Calle Mayor 5'],
  ['Via Roma 7', 'ADDRESS Via Roma 7'],
  ['P.O. Box 1234', 'ADDRESS P.O. Box 1234'],
  ['Springfield, IL 62704', 'ADDRESS Springfield, IL 62704'],
  ['SW1A 1AA', 'POSTCODE SW1A 1AA'],
  ['K1A 0B1', 'POSTCODE K1A 0B1'],
  ['zip code 90210', 'POSTCODE 90210'],
  // not one
  ['5 days in court'],
  ['He waited 20 minutes on the way.'],
  ['90210 users'],
  ['Take the 3rd Street exit.'],
];

// Joined from parts, so that no scanner takes this file for a leak.
const key = (...parts: string[]) => parts.join('');
const slack = key('xox', 'b-123456789012-abcdefABCDEF');
const anthropic = key('sk-', 'ant-api03-', 'abcdefghijklmnopqrstuvwxyz');
const aws = key('AK', 'IA', 'IOSFODNN7EXAMPLE');
const github = key('gh', 'p_', 'abcdefghijklmnopqrstuvwxyz0123456789');
const jwt = key('ey', 'JhbGciOiJIUzI1NiJ9.', 'ey', 'JzdWIiOiIxMjM0In0.', 'c2lnbmF0dXJl');
const session = key('00D5g000004kXyZ', '!AQEAQ', 'x'.repeat(60));

export const secrets: readonly Case[] = [
  [anthropic, `SECRET ${anthropic}`],
  [`id ${aws} here`, `SECRET ${aws}`],
  [github, `SECRET ${github}`],
  [slack, `SECRET ${slack}`],
  [jwt, `SECRET ${jwt}`],
  [session, `SECRET ${session}`],
  ['password: hunter2!', 'SECRET hunter2!'],
  ['api_key = "a8f5f167f44f4964e6c998dee827110c"', 'SECRET a8f5f167f44f4964e6c998dee827110c'],
  ['Authorization: Bearer abcdef0123456789abcdef', 'SECRET abcdef0123456789abcdef'],
  // not one
  ['Your password is expired.'],
  ['The token is invalid'],
  ['Please reset my password: thanks'],
  ['sk-learn and AKIA'],
];
