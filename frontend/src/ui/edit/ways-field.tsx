// The ways to reach someone: a number that takes calls, texts or both, or a name in another app.

import { useRef, useState } from "preact/hooks";
import { isRecord } from "../../core/plan";
import { GrowingText } from "../elements/growing-text";
import { t } from "../elements/words";
import type { FieldProps } from "./field-props";
import { labelOf } from "./parts";

/** A way as it is kept; what another version wrote beside these fields stays with it. */
type Kept = Record<string, unknown>;

interface Row {
  key: number;
  way: Kept;
}

const KINDS = ["both", "call", "text", "other"] as const;
const textIn = (way: Kept, field: string): string =>
  typeof way[field] === "string" ? way[field] : "";

const isWay = (one: unknown): one is Kept => isRecord(one);

/** A way without number, app or handle is only a row on the screen. */
const isKept = (way: Kept): boolean =>
  Object.keys(way).some((key) => key !== "by" && way[key] !== "");

let keys = 0;
const asRow = (way: Kept): Row => ({ key: (keys += 1), way });

function rowsOf(kept: unknown): Row[] {
  const ways = Array.isArray(kept) ? kept.filter(isWay) : [];
  return ways.length ? ways.map(asRow) : [asRow({ by: "both" })];
}

/** What another version put there in a shape not known here has no row, and stays. */
function unknownIn(kept: unknown): unknown[] {
  return Array.isArray(kept) ? kept.filter((one) => !isWay(one)) : [];
}

/** Rows on the screen and what they keep; read anew when the plan's own ways changed elsewhere. */
function useRows({ field, value, onSet }: FieldProps) {
  const [, redraw] = useState(0);
  const rows = useRef<Row[]>([]);
  const written = useRef<string | null>(null);
  const kept = JSON.stringify(value[field.id] ?? []);
  if (written.current !== kept) {
    rows.current = rowsOf(value[field.id]);
    written.current = kept;
  }
  const put = (next: Row[]) => {
    rows.current = next;
    const known = next.map(({ way }) => way).filter(isKept);
    const ways = [...known, ...unknownIn(value[field.id])];
    written.current = JSON.stringify(ways);
    redraw((n) => n + 1);
    onSet(field.id, ways);
  };
  return { rows: rows.current, put };
}

export function WaysField(props: FieldProps) {
  const { template, field, within, readOnly } = props;
  const { rows, put } = useRows(props);
  const change = (key: number, way: Kept) =>
    put(rows.map((row) => (row.key === key ? { key, way } : row)));
  return (
    <fieldset class="detail ways-edit">
      <legend>{labelOf(template, field.id)}</legend>
      {rows.map(({ key, way }) => (
        <OneWay
          key={key}
          id={`${within}-way-${key}`}
          way={way}
          readOnly={readOnly}
          onWay={(next) => change(key, next)}
          onRemove={isKept(way) ? () => put(withoutRow(rows, key)) : null}
        />
      ))}
      {!readOnly && rows.every(({ way }) => isKept(way)) && (
        <button type="button" class="link" onClick={() => put([...rows, asRow({ by: "both" })])}>
          {t("edit.way.add")}
        </button>
      )}
    </fieldset>
  );
}

function withoutRow(rows: Row[], key: number): Row[] {
  const left = rows.filter((row) => row.key !== key);
  return left.length ? left : [asRow({ by: "both" })];
}

interface WayProps {
  id: string;
  way: Kept;
  readOnly: boolean;
  onWay(way: Kept): void;
  onRemove: (() => void) | null;
}

function OneWay({ id, way, readOnly, onWay, onRemove }: WayProps) {
  const by = KINDS.find((kind) => kind === way.by) ?? "both";
  const put = (field: string, text: string) => onWay(withField(way, field, text));
  return (
    <div class="way-edit">
      <label class="unseen" for={`${id}-by`}>
        {t("edit.way.by")}
      </label>
      <select
        id={`${id}-by`}
        autocomplete="off"
        value={by}
        disabled={readOnly}
        onChange={(event) => put("by", event.currentTarget.value)}
      >
        <option value="both">{t("edit.way.both")}</option>
        <option value="call">{t("edit.way.call")}</option>
        <option value="text">{t("edit.way.text")}</option>
        <option value="other">{t("edit.way.other")}</option>
      </select>
      {by === "other" ? (
        <>
          <WayText id={id} field="app" {...{ way, readOnly, put }} />
          <WayText id={id} field="handle" {...{ way, readOnly, put }} />
        </>
      ) : (
        <WayText id={id} field="number" {...{ way, readOnly, put }} />
      )}
      {onRemove && !readOnly && (
        <button type="button" class="link" onClick={onRemove}>
          {t("edit.way.remove")}
        </button>
      )}
    </div>
  );
}

interface WayTextProps {
  id: string;
  field: "number" | "app" | "handle";
  way: Kept;
  readOnly: boolean;
  put(field: string, text: string): void;
}

const WAY_WORDS = {
  number: "edit.way.number",
  app: "edit.way.app",
  handle: "edit.way.handle",
} as const;

function WayText({ id, field, way, readOnly, put }: WayTextProps) {
  return (
    <>
      <label for={`${id}-${field}`}>{t(WAY_WORDS[field])}</label>
      <GrowingText
        id={`${id}-${field}`}
        value={textIn(way, field)}
        inputMode={field === "number" ? "tel" : "text"}
        capitals={field === "app" ? "sentences" : "off"}
        readOnly={readOnly}
        onText={(text) => put(field, text)}
      />
    </>
  );
}

function withField(way: Kept, field: string, text: string): Kept {
  const next = { ...way, [field]: text };
  if (text === "") delete next[field];
  return next;
}
