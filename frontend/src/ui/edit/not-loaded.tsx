// What stands where the file of ideas and questions did not come: that it failed, and once more.

import { t } from "../elements/words";
import { fetchIdeas, isFailed } from "../ideas";

export function NotLoaded() {
  return (
    <p class="hint" role="status">
      {isFailed.value && (
        <>
          {t("ideas.failed")}{" "}
          <button type="button" class="link" onClick={() => void fetchIdeas()}>
            {t("ideas.again")}
          </button>
        </>
      )}
    </p>
  );
}
