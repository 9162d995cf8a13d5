// As much of JSON Schema as the plan's own schema uses; a word it does not know is an error.

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  null: (value) => value === null,
};

const fault = (isRight: boolean, words: string): string[] => (isRight ? [] : [words]);
const fits = (schemas: Json[], value: unknown, whole: Json): number =>
  schemas.filter((schema) => faults(schema, value, whole).length === 0).length;

const CHECKS: Record<string, (given: any, value: any, whole: Json) => string[]> = {
  $ref: (ref: string, value, whole) =>
    faults((whole.$defs as Record<string, Json>)[ref.replace("#/$defs/", "")]!, value, whole),
  type: (type: string, value) => fault(TYPES[type]!(value), `no ${type}`),
  const: (only, value) => fault(value === only, `not ${only}`),
  enum: (some: unknown[], value) => fault(some.includes(value), `none of ${some}`),
  not: (schema: Json, value, whole) => fault(fits([schema], value, whole) === 0, "not allowed"),
  oneOf: (some: Json[], value, whole) => fault(fits(some, value, whole) === 1, "not one of them"),
  anyOf: (some: Json[], value, whole) => fault(fits(some, value, whole) > 0, "none of them"),
  required: (names: string[], value) =>
    names.flatMap((name) => fault(!isObject(value) || name in value, `${name} is missing`)),
  properties: (fields: Record<string, Json>, value, whole) =>
    Object.entries(fields).flatMap(([name, schema]) =>
      isObject(value) && name in value
        ? faults(schema, value[name], whole).map((one) => `${name}: ${one}`)
        : [],
    ),
  items: (schema: Json, value, whole) =>
    Array.isArray(value) ? value.flatMap((one) => faults(schema, one, whole)) : [],
  minItems: (least: number, value) => fault(value.length >= least, "too few"),
  maxItems: (most: number, value) => fault(value.length <= most, "too many"),
  minLength: (least: number, value) => fault(value.length >= least, "too short"),
  maxLength: (most: number, value) => fault(value.length <= most, "too long"),
  pattern: (pattern: string, value) => fault(new RegExp(pattern, "u").test(value), "other letters"),
};
const WORDS = ["$defs", "$id", "$schema", "title", "description", "format", "additionalProperties"];

/** What is wrong with a value, by the schema's own words; [] when nothing is. */
export function faults(schema: Json, value: unknown, whole: Json): string[] {
  const found = "type" in schema ? CHECKS.type!(schema.type, value, whole) : [];
  if (found.length > 0) return found;
  return Object.entries(schema).flatMap(([word, given]) => {
    const check = CHECKS[word];
    if (!check && !WORDS.includes(word)) throw new Error(`schema word ${word}`);
    return check ? check(given, value, whole) : [];
  });
}
