// From which stage on is it better not to fuse?
import { fusedMbConv } from '../../library/fusedMbConv.ts';
import { mbConv } from '../../library/mbConv.ts';
import { arxiv, defineClaim } from '../claim.ts';

const places = [[112, 24], [56, 48], [28, 64], [14, 128], [7, 256]] as const;

export const claim = defineClaim({
  id: 'fused-faster-early',
  claim: 'Fused MBConv is faster than MBConv in early stages although it does more arithmetic.',
  sources: [arxiv('2104.00298', 'Tan, Le: EfficientNetV2, section 3.2')],
  compared: 'MBConv against Fused-MBConv, both with expansion 4 and without squeeze-and-excite, at five places of a network from high resolution and few channels to low resolution and many. Between the ends, at 28×28, nothing is predicted.',
  authors: [{
    caption: 'EfficientNet-B4 with MBConv replaced in some stages: images per second', unit: 'images per second', isRate: true, hardware: 'V100', source: 'table 3',
    figures: [
      { name: 'none fused (19.3M parameters)', value: 155 }, { name: 'stages 1–3 (20.0M)', value: 216 },
      { name: 'stages 1–5 (43.4M)', value: 223 }, { name: 'stages 1–7 (132.0M)', value: 206 },
    ],
  }],
  experiment: {
    kind: 'time',
    groups: places.map(([size, channels]) => {
      const [input, features, place] = [[1, size, size, channels], { inFeatures: channels, outFeatures: channels, expansion: 4, useBias: false }, `${size}²×${channels}`];
      return [
        { id: `mbconv-${size}`, name: `MBConv, ${place}`, block: mbConv(features), input },
        { id: `fused-${size}`, name: `fused, ${place}`, block: fusedMbConv(features), input },
      ];
    }),
  },
  predictions: [
    ...places.map(([size]) => ({ quantity: 'macs', smaller: `mbconv-${size}`, larger: `fused-${size}` }) as const),
    ...[112, 56].map(size => ({ quantity: 'time', smaller: `fused-${size}`, larger: `mbconv-${size}` }) as const),
    ...[14, 7].map(size => ({ quantity: 'time', smaller: `mbconv-${size}`, larger: `fused-${size}` }) as const),
  ],
  alsoCompared: [{ quantity: 'time', smaller: 'fused-28', larger: 'mbconv-28' }],
});
