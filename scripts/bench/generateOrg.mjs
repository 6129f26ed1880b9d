import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How many classes each agent reaches: its action, and helpers that call each other in a chain. */
export const classesPerAgent = 20;

/**
 * Writes a project of a given size; the same size gives the same bytes. Classes that no agent reaches
 * look like those that one does. Every hundredth class comes with a trigger on an object of its own and a
 * record-triggered flow, so that what a write starts has to be looked for among more and more.
 *
 * @param {string} root an empty folder
 * @param {{ agents: number, classes: number }} size at least `classesPerAgent` classes for each agent
 */
export function generateOrg(root, { agents, classes }) {
  const write = (path, text) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const main = 'force-app/main/default';
  write('sfdx-project.json', '{"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":"66.0"}\n');
  for (let index = 0; index < classes; index++) {
    const name = nameOf(index);
    write(`${main}/classes/${name}.cls`, index % classesPerAgent === 0 ? actionClass(index) : helperClass(index));
    write(`${main}/classes/${name}.cls-meta.xml`, companion('ApexClass'));
    if (index % 100 !== 99) continue;
    write(`${main}/triggers/On${name}.trigger`, trigger(index));
    write(`${main}/triggers/On${name}.trigger-meta.xml`, companion('ApexTrigger'));
    write(`${main}/flows/After${name}.flow-meta.xml`, flow(index));
  }
  for (let agent = 0; agent < agents; agent++) {
    const folder = `${main}/aiAuthoringBundles/Agent${agent}`;
    write(`${folder}/Agent${agent}.agent`, script(agent));
    write(`${folder}/Agent${agent}.bundle-meta.xml`, bundle);
  }
}

function nameOf(index) {
  return `Service${String(index).padStart(5, '0')}`;
}

/** The object that a class writes: shared by a hundred classes, so that a trigger has many writers. */
function objectOf(index) {
  return `Record${Math.floor(index / 100)}__c`;
}

function actionClass(index) {
  return `public with sharing class ${nameOf(index)} {
    public class Request {
        @InvocableVariable(required=true)
        public Id recordId;
        @InvocableVariable
        public String reason;
    }

    @InvocableMethod(label='Run ${index}')
    public static void run(List<Request> requests) {
        for (Request request : requests) {
            new ${nameOf(index + 1)}(request.reason).handle(request.recordId);
        }
    }
}
`;
}

function helperClass(index) {
  const isLast = index % classesPerAgent === classesPerAgent - 1;
  const next = isLast ? '' : `\n        new ${nameOf(index + 1)}(reason).handle(recordId);`;
  return `/** Keeps the records of area ${index} in order. */
public inherited sharing class ${nameOf(index)} {
    private static final Integer BATCH_SIZE = 200;
    private final String reason;
    private Map<Id, ${objectOf(index)}> known = new Map<Id, ${objectOf(index)}>();

    public ${nameOf(index)}(String reason) {
        this.reason = String.isBlank(reason) ? 'none' : reason.trim();
    }

    public void handle(Id recordId) {
        ${objectOf(index)} record = find(recordId);
        if (record == null) {
            record = new ${objectOf(index)}(Name = label(recordId), Reason__c = reason);
            insert record;
        } else if (record.Active__c == true) {
            record.Reason__c = reason;
            update record;
        }
        List<${objectOf(index)}> related = relatedTo(record.Id, BATCH_SIZE);
        for (${objectOf(index)} each : related) {
            each.Position__c = score(each.Position__c, related.size());
        }
        update related;${next}
    }

    public void purge(Set<Id> recordIds) {
        delete [SELECT Id FROM ${objectOf(index)} WHERE Id IN :recordIds];
    }

    private ${objectOf(index)} find(Id recordId) {
        if (!known.containsKey(recordId)) {
            List<${objectOf(index)}> found = [
                SELECT Id, Name, Active__c, Reason__c, Position__c
                FROM ${objectOf(index)}
                WHERE Id = :recordId
                LIMIT 1
            ];
            known.put(recordId, found.isEmpty() ? null : found[0]);
        }
        return known.get(recordId);
    }

    private List<${objectOf(index)}> relatedTo(Id recordId, Integer most) {
        return [SELECT Id, Position__c FROM ${objectOf(index)} WHERE Parent__c = :recordId LIMIT :most];
    }

    private Decimal score(Decimal position, Integer total) {
        Decimal result = position == null ? 0 : position;
        for (Integer turn = 0; turn < total; turn++) {
            if (Math.mod(turn, 2) == 0) {
                result += turn * 1.5;
            } else {
                result -= turn / 3;
            }
        }
        return result.setScale(2);
    }

    private String label(Id recordId) {
        List<String> parts = new List<String>{ 'Area ${index}', String.valueOf(recordId), reason };
        return String.join(parts, ' / ').left(80);
    }
}
`;
}

function trigger(index) {
  return `trigger On${nameOf(index)} on ${objectOf(index)} (before insert, after update) {
    if (Trigger.isAfter) {
        List<Task> tasks = new List<Task>();
        for (${objectOf(index)} each : Trigger.new) {
            tasks.add(new Task(WhatId = each.Id, Subject = 'Changed'));
        }
        insert tasks;
    }
}
`;
}

function flow(index) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <label>After ${nameOf(index)}</label>
    <processType>AutoLaunchedFlow</processType>
    <recordCreates>
        <name>Log</name>
        <label>Log</label>
        <inputAssignments>
            <field>Name</field>
            <value>
                <stringValue>changed</stringValue>
            </value>
        </inputAssignments>
        <object>Log__c</object>
    </recordCreates>
    <start>
        <connector>
            <targetReference>Log</targetReference>
        </connector>
        <object>${objectOf(index)}</object>
        <recordTriggerType>CreateAndUpdate</recordTriggerType>
        <triggerType>RecordAfterSave</triggerType>
    </start>
    <status>Active</status>
</Flow>
`;
}

function script(agent) {
  return `config:
    developer_name: "Agent${agent}"
    agent_type: "AgentforceEmployeeAgent"

start_agent main:
    description: "Keeps records in order."
    reasoning:
        actions:
            handle: @actions.handle
    actions:
        handle:
            description: "Puts a record in order."
            target: "apex://${nameOf(agent * classesPerAgent)}"
            inputs:
                recordId: id
                reason: string
`;
}

const bundle = `<?xml version="1.0" encoding="UTF-8"?>
<AiAuthoringBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <bundleType>AGENT</bundleType>
</AiAuthoringBundle>
`;

function companion(type) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<${type} xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <status>Active</status>
</${type}>
`;
}
