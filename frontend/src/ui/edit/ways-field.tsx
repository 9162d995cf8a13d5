// The ways to reach someone: a number that takes calls, texts or both, or a name in another app.

import { useRef, useState } from "preact/hooks";
import { isRecord, type Value } from "../../core/plan";
import { role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import type { FieldProps } from "./parts";

/** A way as it is kept; what another version wrote beside these fields stays with it. */
interface Row {
  key: number;
  way: Value;
}

const KINDS = ["both", "call", "text", "other"] as const;

/** A way without number, app or handle is only a row on the screen. */
const isKept = ({ way }: Row): boolean =>
  Object.keys(way).some((key) => key !== "by" && way[key] !== "");

let keys = 0;
const asRow = (way: Value): Row => ({ key: (keys += 1), way });
const emptyRow = (): Row => asRow({ by: "both" });

/** Rows on the screen and what they keep; read anew when the plan's own ways changed elsewhere. */
function useRows({ field, value, onSet }: FieldProps) {
  const [, redraw] = useState(0);
  const rows = useRef<Row[]>([]);
  const written = useRef<string | null>(null);
  const kept = value[field.id];
  const all: unknown[] = Array.isArray(kept) ? kept : [];
  const asWritten = JSON.stringify(kept ?? []);
  if (written.current !== asWritten) {
    rows.current = all.filter(isRecord).map(asRow);
    written.current = asWritten;
  }
  if (!rows.current.length) rows.current = [emptyRow()];
  const put = (next: Row[]) => {
    rows.current = next;
    const known = next.filter(isKept).map(({ way }) => way);
    // What another version put there in a shape not known here has no row, and stays.
    const ways = [...known, ...all.filter((one) => !isRecord(one))];
    written.current = JSON.stringify(ways);
    redraw((n) => n + 1);
    onSet(ways);
  };
  return { rows: rows.current, put };
}

export function Ways(props: FieldProps) {
  const { rows, put } = useRows(props);
  const isWriter = role.value === "writer";
  return (
    <>
      {rows.map((row) => {
        const others = (to: Row[]) => put(rows.flatMap((one) => (one === row ? to : [one])));
        return (
          <div class="way-edit" key={row.key}>
            <OneWay
              id={`${props.within}-way-${row.key}`}
              way={row.way}
              onWay={(way) => others([{ ...row, way }])}
            />
            {isKept(row) && isWriter && (
              <Button words="edit.way.remove" onClick={() => others([])} />
            )}
          </div>
        );
      })}
      {isWriter && rows.every(isKept) && (
        <Button words="edit.way.add" onClick={() => put([...rows, emptyRow()])} />
      )}
    </>
  );
}

interface WayProps {
  id: string;
  way: Value;
  onWay(way: Value): void;
}

function OneWay({ id, way, onWay }: WayProps) {
  const by = KINDS.find((kind) => kind === way.by) ?? "both";
  const text = (field: "number" | "app" | "handle", label: string) => {
    const { [field]: held, ...others } = way;
    return (
      <GrowingText
        id={`${id}-${field}`}
        label={label}
        value={typeof held === "string" ? held : ""}
        inputMode={field === "number" ? "tel" : "text"}
        autocapitalize={field === "app" ? "sentences" : "off"}
        onText={(text) => onWay(text === "" ? others : { ...way, [field]: text })}
      />
    );
  };
  return (
    <>
      <label class="unseen" for={`${id}-by`}>
        {t("edit.way.by")}
      </label>
      <select
        id={`${id}-by`}
        autocomplete="off"
        value={by}
        disabled={role.value === "follower"}
        onChange={(event) => onWay({ ...way, by: event.currentTarget.value })}
      >
        <option value="both">{t("edit.way.both")}</option>
        <option value="call">{t("edit.way.call")}</option>
        <option value="text">{t("edit.way.text")}</option>
        <option value="other">{t("edit.way.other")}</option>
      </select>
      {by !== "other" && text("number", t("edit.way.number"))}
      {by === "other" && text("app", t("edit.way.app"))}
      {by === "other" && text("handle", t("edit.way.handle"))}
    </>
  );
}
