// A section while it is edited: its lines, like a list on paper.

import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { role } from "../../state/plan";
import { ShowIdeas } from "./ideas";
import { Lines, type Line } from "./lines";
import type { Part } from "./parts";
import { Row } from "./row";

/** An unchanged line is given as the very same element, which Preact passes over: with 500 lines
 *  a key pressed draws one. */
function useRows(part: Part, lines: Lines): (line: Line) => VNode {
  return useMemo(() => {
    const drawn = new Map<string, { line: Line; row: VNode }>();
    return (line) => {
      const had = drawn.get(line.key);
      if (had?.line.id === line.id && had.line.value === line.value) return had.row;
      const row = <Row key={line.key} {...{ part, lines, line }} />;
      drawn.set(line.key, { line, row });
      return row;
    };
  }, [lines]);
}

/** The focus goes to the line that asked for it, or back to where it was before a move. */
function useFocus(lines: Lines): void {
  useLayoutEffect(() => {
    if (lines.held?.isConnected) lines.held.focus({ preventScroll: true });
    const { toFocus, isToReplace } = lines;
    [lines.held, lines.toFocus, lines.isToReplace] = [null, null, false];
    if (!toFocus) return;
    const field = document.getElementById(`${toFocus}-main`) as HTMLTextAreaElement | null;
    field?.focus();
    if (isToReplace) field?.select();
  });
}

interface Props {
  part: Part;
  /** "prompts": while nothing is written, questions stand under the line too. */
  ideas: "none" | "ideas" | "prompts";
}

export function SectionLines({ part, ideas }: Props) {
  const [, redraw] = useState(0);
  const lines = useMemo(() => new Lines(part.id, () => redraw((n) => n + 1)), [part.id]);
  const draw = useRows(part, lines);
  const isWriter = role.value === "writer";
  const shown = lines.all().filter(({ id }) => id !== null || isWriter);
  useFocus(lines);
  return (
    <>
      <ul class="rows">{shown.map(draw)}</ul>
      <p class="unseen" role="status">
        {lines.said}
      </p>
      {ideas !== "none" && !part.own && isWriter && (
        <ShowIdeas
          part={part}
          items={lines.items}
          hasPrompts={ideas === "prompts"}
          onTake={({ value, standIn }) => lines.take(value, standIn === true)}
        />
      )}
    </>
  );
}
