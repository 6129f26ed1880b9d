/** JSON texts whose canonical form is worth showing; RFC 8785 sections 3.2.2 and 3.2.3. */
export const canonicalCases = [
  { name: 'members-in-order', json: '{ "b": 1, "a": [ true, false, null ], "": "empty" }' },
  // U+FB33 sorts after a surrogate pair by code unit, before it by code point.
  { name: 'order-of-code-units', json: '{"\\ufb33":1,"\\ud83d\\ude00":2,"\\u20ac":3,"\\r":4,"1":5,"\\u00f6":6}' },
  { name: 'escapes', json: '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\\\/\\u007f\\u2028<€"' },
  { name: 'not-normalised', json: '"A\\u030a"' },
  { name: 'whole-numbers', json: '[0, -0, 10, 1.0, 9007199254740991, -5]' },
];
