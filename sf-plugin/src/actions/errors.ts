export { ConfigurationError } from '../extract/project/configurationError.ts';
