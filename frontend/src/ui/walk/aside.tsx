// A safer place: what the person wrote about it, one tap away from every step and one tap back.

import type { Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { Heading } from "./last";

export function Aside({ items }: { items: Shown[] }) {
  return (
    <>
      <Heading words="section.environment_safety.walk" />
      <ul class="walk-aside">
        {items.map(({ id, value }) => (
          <li key={id} dir="auto" translate={false}>
            {textOf(value, "text")}
            <small>
              {["helper", "by_when"]
                .map((field) => textOf(value, field).trim())
                .filter(Boolean)
                .join(" · ")}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
