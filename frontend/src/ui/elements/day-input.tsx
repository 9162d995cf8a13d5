// A day of the calendar, as 2026-11-22, chosen in the browser's own way.

import { role } from "../../state/plan";

interface Props {
  id: string;
  day: string;
  onDay(day: string): void;
}

export const DayInput = ({ id, day, onDay }: Props) => (
  <input
    type="date"
    id={id}
    autocomplete="off"
    value={day}
    readOnly={role.value === "follower"}
    onChange={(event) => onDay(event.currentTarget.value)}
  />
);
