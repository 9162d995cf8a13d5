// What every control of the editor is given: a field, what the item holds, and how to change it.

import type { Value } from "../../core/plan";
import type { Field } from "../../core/sections";

export interface FieldProps {
  /** Whose words it uses: a section's id, or "own". */
  template: string;
  field: Field;
  value: Value;
  /** Begins the ids of its inputs. */
  within: string;
  readOnly: boolean;
  /** undefined, "" or [] takes the field away. */
  onSet(field: string, to: unknown): void;
}
