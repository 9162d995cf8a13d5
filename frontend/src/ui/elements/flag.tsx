// A mark that is set or not, with its words beside it; a tab that only follows cannot set it.

import { role } from "../../state/plan";

interface Props {
  words: string;
  class?: string;
  isSet: boolean;
  onSet(isSet: boolean): void;
}

export const Flag = ({ words, class: look = "flag", isSet, onSet }: Props) => (
  <label class={look}>
    <input
      type="checkbox"
      autocomplete="off"
      checked={isSet}
      disabled={role.value === "follower"}
      onChange={(event) => onSet(event.currentTarget.checked)}
    />
    <span>{words}</span>
  </label>
);
