/** The metadata that differs from pair to pair, as changes to the files of force-app. */

/**
 * Sets values of a custom metadata record; a value of null is nil.
 *
 * @param {string} xml
 * @param {Readonly<Record<string, [type: 'string' | 'boolean' | 'dateTime', value: string] | null>>} values
 */
export function setValues(xml, values) {
  return Object.entries(values).reduce((text, [field, value]) => {
    const before = new RegExp(`(<field>${field}</field>\\s*)<value [^>]*?(/>|>[^<]*</value>)`);
    if (!before.test(text)) throw new Error(`no field ${field} to set`);
    const after =
      value === null ? '<value xsi:nil="true"/>' : `<value xsi:type="xsd:${value[0]}">${escape(value[1])}</value>`;
    return text.replace(before, (_, head) => `${head}${after}`);
  }, xml);
}

/**
 * A pinned certificate of the bridge.
 *
 * @param {ReturnType<typeof import('./certificate.mjs').readCertificate>} certificate
 */
export function keyRecord({ thumbprint, publicKey, notBefore, notAfter }) {
  const values = [
    ['Not_After__c', 'dateTime', notAfter],
    ['Not_Before__c', 'dateTime', notBefore],
    ['Public_Key__c', 'string', publicKey],
    ['Thumbprint__c', 'string', thumbprint],
  ].map(
    ([field, type, value]) =>
      `    <values>\n        <field>${field}</field>\n        <value xsi:type="xsd:${type}">${value}</value>\n    </values>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>Bridge</label>
    <protected>true</protected>
${values.join('')}</CustomMetadata>
`;
}

/**
 * @param {string} xml a named credential
 * @param {string} url
 */
export function setUrl(xml, url) {
  return xml.replace(
    /(<parameterType>Url<\/parameterType>\s*<parameterValue>)[^<]*/,
    (_, head) => `${head}${escape(url)}`,
  );
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
