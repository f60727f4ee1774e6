// The layer whose call an offset lies in.
import type { Analysis, LayerSite } from '../analysis.ts';

/** The innermost call of the analysed file around the offset. */
export function siteAt(analysis: Analysis, offset: number): LayerSite | undefined {
  const around = analysis.sites.filter(({ call }) => call.file === analysis.file && call.start <= offset && offset <= call.end);
  return around.reduce<LayerSite | undefined>((best, site) => (best && best.call.end - best.call.start <= site.call.end - site.call.start ? best : site), undefined);
}
