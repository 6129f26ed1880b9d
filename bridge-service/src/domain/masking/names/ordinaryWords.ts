/** Words that often carry a capital and are part of no name: starts of sentences, months, business words, places. */
const ordinary = new Set(
  `
a about above account accounts action address admin after again agent all also although am amount an and any apartment application
apologies approval are area as asap ask asked at attached attention available avenue balance bank banking based be because been
before begin best between bill billing board boulevard branch brief broken building business but buy by call called calls cam can
cannot card care careful case cases center central centre change chapter chat check city claim client close closed co code college
commission committee company complaint confirm congratulations contact contacted contract copy corp corporation could council
country county court create credit customer customers daily data date day days dear decode deliver delivery department desk details
did director do doctor does don done dose drive due during each east edit either email employee employer end engineer english error
est estate even every evidence example exchange expired federal file final finance find first flight floor follow for form former
forward foundation free french friday from front full fund gmbh general german get give global go good government great greetings
group had has have having he hello help her here hey hi high his home hospital hotel hours how however html http i id if im in inc
including india info information inquiry inside institute insurance international internet invoice is issue it italian item its
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
dec japanese job join just kind kindly lake last lastly later law lead let letter library like limited line list live ltd llc llp
loan local log look looking lord lost lots machine mail main make management manager many market marketing me meet meeting member
memo message met middle minister ministry mobile monday month monthly more morning most move much museum must my name national near
need never new news next night no north not note notes nothing notice now number of off offer office officer old on once one online
only open opportunity or order orders other our out outside over owner packages page paid part partner party passport patient pay
payment people per person phone plan please plus point police policy port possible president press previous price private product
professor profile project prompt public purchase question quick quote re read really received receipt recent record redacted refund
regarding regards registered reminder renewal repair replied reply report request requested resolved response return returned
review reviewed river road royal sales same saturday saw scanned schedule school scope second security see send sent sep server
service services shall she shipped shipping should show sign signed since sincerely site so social society some sorry south spanish
special speak spoke ssn staff standard start state states station status still store street student subject such summary sunday
support system take talk tax team tech technical tell temporary terms test thank thanks that the their them then there these they
this those though through thursday ticket time title to today together told tomorrow too total town transfer trust try tuesday two
type under union unit united university until up update updated urgent us use user using valley very via vice view village visit
wait want was we website wednesday week weekly welcome well were west what when where whether which while who whom whose why will
with within without wonderful work would write year years yes yesterday yet you your yours zip
america american americas argentina asia australia austria bavaria belgium berlin brazil britain british california canada chicago
china chinese colorado denmark dublin dutch england europe european finland florida france germany greece hamburg holland hungary
ireland israel istanbul italy japan kong korea london madrid mexico milan moscow munich netherlands norway ontario oregon
oxford paris poland portugal rome russia russian scotland seattle singapore spain sweden swedish switzerland sydney texas tokyo
toronto turkey uk ukraine usa vienna wales warsaw washington york zealand zurich
apex salesforce agentforce claude anthropic google amazon microsoft apple oracle slack tableau mulesoft facebook twitter linkedin
paypal visa mastercard windows linux android excel word outlook teams zoom python java javascript sql json xml api url pdf csv
select insert into values update delete where from patients contacts accounts leads logger
christmas easter thanksgiving ramadan bible god internet
`
    .trim()
    .split(/\s+/),
);

/** Whether a folded word is an ordinary one, whatever its capital. */
export function isOrdinary(word: string): boolean {
  return ordinary.has(word);
}
