import { wireAdapter } from './wireAdapter.js';

export default wireAdapter();
