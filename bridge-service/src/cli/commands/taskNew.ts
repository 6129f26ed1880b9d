import type { Command } from '../command.ts';
import { newTask } from '../newTask.ts';
import { sentence } from '../runCli.ts';
import { tasksFolder } from '../settings.ts';

export const taskNew: Command = {
  name: 'task new',
  takes: ['<name>'],
  summary: 'writes a task to start from: it loads, and changes nothing',
  details: '',
  options: { in: { value: '<folder>', help: 'where tasks are; those of the bridge without it' } },
  run({ positionals: [name = ''], option }) {
    const folder = newTask(option('in') ?? tasksFolder, name);
    return Promise.resolve(sentence(true, `written: ${folder}`, { folder }));
  },
};
