// Chart.js with the parts that charts here are made of, and no others. Loaded with the first chart: nothing else imports it.
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, ScatterController, Tooltip,
} from 'chart.js';
import { errorBars } from './error-bars.ts';

Chart.register(
  BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, ScatterController, Tooltip, errorBars,
);

export { Chart };
