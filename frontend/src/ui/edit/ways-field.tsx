// The ways to reach someone: a number that takes calls, texts or both, or a name in another app.

import { useState } from "preact/hooks";
import { isRecord, type Value } from "../../core/plan";
import { role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import type { FieldProps } from "./parts";

const KINDS = ["both", "call", "text", "other"] as const;
const EMPTY: Value = { by: "both" };

/** A way without number, app or handle is only a row on the screen. */
const isKept = (way: Value): boolean =>
  Object.keys(way).some((key) => key !== "by" && way[key] !== "");

/** The rows on the screen, until the plan's own ways change elsewhere; what another version wrote
 *  beside the fields of a way stays with it. */
function useWays({ field, value, onSet }: FieldProps) {
  const kept = value[field.id] ?? [];
  const all: unknown[] = Array.isArray(kept) ? kept : [];
  const [shown, show] = useState({ ways: [EMPTY], written: "" });
  const isOurs = shown.written === JSON.stringify(kept);
  const ways = isOurs ? shown.ways : all.filter(isRecord);
  const put = (next: Value[]) => {
    // What another version put there in a shape not known here has no row, and stays.
    const toKeep = [...next.filter(isKept), ...all.filter((one) => !isRecord(one))];
    show({ ways: next, written: JSON.stringify(toKeep) });
    onSet(toKeep);
  };
  return { ways: ways.length ? ways : [EMPTY], put };
}

export function Ways(props: FieldProps) {
  const { ways, put } = useWays(props);
  const isWriter = role.value === "writer";
  const replace = (old: Value, to: Value[]) =>
    put(ways.flatMap((one) => (one === old ? to : [one])));
  return (
    <>
      {ways.map((way, at) => (
        <div class="way-edit" key={at}>
          <OneWay id={`${props.within}-way-${at}`} way={way} onWay={(to) => replace(way, [to])} />
          {isKept(way) && isWriter && (
            <Button words="edit.way.remove" onClick={() => replace(way, [])} />
          )}
        </div>
      ))}
      {isWriter && ways.every(isKept) && (
        <Button words="edit.way.add" onClick={() => put([...ways, EMPTY])} />
      )}
    </>
  );
}

function OneWay({ id, way, onWay }: { id: string; way: Value; onWay(way: Value): void }) {
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
