// What the user can do with the runs that are kept.
import { historyFormats, type HistoryFormatName } from '../src/blocks/features/run-history-formats.ts';
import type { BlockPayload } from '../src/blocks/protocol/messages.ts';
import { fileNameOf } from './format.ts';
import type { Post } from './host.ts';
import type { PageState } from './page-state.ts';

export interface HistoryActions {
  /** `at` is when it ended. */
  readonly forgetRun: (at: number) => void;
  readonly clearHistory: () => void;
  readonly saveHistory: (format: HistoryFormatName) => void;
}

export function historyActions(state: () => PageState, post: Post): HistoryActions {
  const block = (): BlockPayload | undefined => {
    const { content } = state();
    return content.kind === 'block' ? content.block : undefined;
  };
  return {
    forgetRun: at => {
      const shown = block();
      if (shown) post('forgetRun', { id: shown.id, at });
    },
    clearHistory: () => {
      const shown = block();
      if (shown) post('clearHistory', { id: shown.id });
    },
    saveHistory: format => {
      const shown = block();
      const { history } = state();
      if (shown && history) post('save', { name: `${fileNameOf(shown.name)}-history.${format}`, text: historyFormats[format].text(shown, history) });
    },
  };
}
