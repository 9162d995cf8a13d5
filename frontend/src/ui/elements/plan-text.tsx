// The person's own words wherever they are shown: as typed, in their own direction, never translated.

interface Props {
  text: string;
  class?: string;
}

export function PlanText({ text, class: more }: Props) {
  return (
    <span class={more ? `plan-text ${more}` : "plan-text"} dir="auto" translate={false}>
      {text}
    </span>
  );
}
