// The place of the claim lab in the page. Its code, and with it all claims and their blocks, is loaded when it is first opened.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LabProps } from './lab-actions.ts';

type View = typeof import('./lab-view.tsx').LabView;

let loaded: View | undefined;

export function LabPane(props: LabProps): JSX.Element {
  const [view, setView] = useState<View | Error | undefined>(() => loaded);
  useEffect(() => {
    if (loaded) return;
    import('./lab-view.tsx').then(({ LabView }) => setView(() => (loaded = LabView)), (error: unknown) => setView(new Error(String(error))));
  }, []);
  if (view === undefined) return <div class="empty" role="status"><p class="quiet">Opening the claim lab…</p></div>;
  if (view instanceof Error) return <div class="empty" role="alert"><p>The claim lab could not be loaded: {view.message}</p></div>;
  const LabView = view;
  return <LabView {...props} />;
}
