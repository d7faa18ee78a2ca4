// Reads { document, values: [{ name, schema, value, fits }] } from a file. Says what a public validator has against the document, and which values do
// not fit the schema that the document has at a place, or fit it and should not. Ends with 1 if there is anything to say.
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const { document, values } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const wrong = [];

const validation = await new Validator().validate(structuredClone(document));
if (!validation.valid) wrong.push(`The document: ${JSON.stringify(validation.errors)}`);

const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats(ajv);
ajv.addSchema(document, 'api');
for (const { name, schema, value, fits } of values) {
  // What the schema does not name is as wrong as a wrong type: nobody would know of it.
  const validate = ajv.compile({ $ref: `api${schema}`, unevaluatedProperties: false });
  if (validate(value) !== fits) wrong.push(`${name}: ${fits ? ajv.errorsText(validate.errors) : 'it should not fit'}: ${JSON.stringify(value)}`);
}

console.log(wrong.join('\n') || `The document is valid, and ${values.length} values are as expected.`);
process.exitCode = wrong.length ? 1 : 0;
