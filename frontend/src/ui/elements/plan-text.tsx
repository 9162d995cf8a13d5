// The person's own words wherever they are shown: as typed, in their own direction, never translated.

export const PlanText = ({ text, class: more }: { text: string; class?: string }) => (
  <span class={more ? `plan-text ${more}` : "plan-text"} dir="auto" translate={false}>
    {text}
  </span>
);
