export default 'Europe/Berlin';
