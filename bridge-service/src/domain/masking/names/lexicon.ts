/**
 * Common given names and family names of the languages that Salesforce orgs use most, folded. Written from
 * general knowledge, no data set behind it; a hint for the detector, not a register of people.
 */
const given = `
aaron abdul abdullah abigail adam adrian adriana agnes agnieszka ahmad ahmed aiden aisha akira alan alana alba albert alberto
alejandra alejandro alessandra alessandro alessia alex alexander alexandra alexandre alexandria alexis alfonso alfred alfredo ali
alice alicia alina alison allan allison alonso alvaro amanda amelia amelie amina amir amit amy ana anastasia anders andre andrea
andreas andrei andres andrew andrzej angela angelica angelina angelo anika anita anja anjali ann anna annabelle anne annette annie
annika anthony antoine anton antonia antonio antonella anya ariana arianna ariel arjun armando arnold arthur artur arturo arun asher
ashley ashok astrid audrey aurora ava axel ayesha aylin barbara barry bartosz bastian beatrice beatriz becky ben benedict benedikt
benjamin bernadette bernard bernd bernhard bertha beth bethany betty beverly bianca bjorn bogdan boris brad bradley brandon brenda
brendan brent brett brian briana bridget britta brittany bruce bruno bryan caleb calvin cameron camila camille candice cara carl
carla carlo carlos carmen carolina caroline carolyn carrie cassandra catalina caterina catherine cathy cecilia cedric celeste celia
celine chad chandra chantal charlene charles charlie charlotte chelsea cheryl chiara chloe chris christa christian christiane
christina christine christophe christopher cindy claire clara clarence claude claudia claudio clemens colin colleen connor constance
cora corey corinne courtney craig curtis cynthia daiki damian damien dan dana daniel daniela daniele danielle danny darius darlene
darren dave david deborah debra deepa deepak delia denis denise dennis derek desmond devon diana diane diego dieter dietmar dimitri
dirk dmitri dolores dominic dominik dominique donald donna dora doris dorothea dorothy doug douglas duncan dustin dylan ebony
eduardo edgar edith edmund eduard edward edwin eileen elaine elena eleanor elias elif elijah elisa elisabeth elise eliza elizabeth
elke ella ellen ellie elliot elsa emil emilia emiliano emilie emilio emily emma emmanuel enrico enrique erica erich erik erika eric
erin ernest ernesto esteban estelle esther ethan eugene eugenia eva evan evelyn ewa fabian fabio fatima federica federico felicia
felicity felipe felix fernanda fernando fiona flavia flora florian francesca francesco francis francisca francisco francois
francoise frank franz fred frederic frederick frederik fredrik friedrich fritz gabriel gabriela gabriella gabrielle gareth gary
gavin gemma geoffrey george georges gerald geraldine gerard gerhard giacomo gianluca gilbert gina giorgio giovanna giovanni giulia
giuseppe gloria gonzalo gordon graham greg gregor gregory greta grzegorz guadalupe guido guillaume guillermo gunter gustav gustavo
gwen hana hannah hans harald harold haruka harriet harry harvey hassan heidi heike heinrich heinz helen helena helene helga helmut
henri henrietta henrik henry herbert herman hermann hilary hiroshi howard hubert hugh hugo ian ibrahim ida ignacio igor ilona ilse
imran ines inga inge ingrid irene irina irma isaac isabel isabella isabelle ivan ivana jack jackie jacob jacqueline jacques jaime
jakob jakub james jamie jan jana jane janet janice janine jannik jared jasmin jason javier jeff jeffrey jenna jennifer jenny jens
jeremy jerome jerry jesper jesse jessica jessie jesus jill jim jimmy joan joana joanna joanne joaquin jochen jodi joe joel johan
johann johanna johannes john johnny jonas jonathan jorge jose josef josefina joseph josephine joshua josie joyce juan juana juanita
judith judy julia julian juliana julie julien juliet juliette julio julius jun jurgen justin justine justyna kai karen karin karina
karl karla karolina kasia kate katharina katherine kathleen kathrin kathryn kathy katie katja katrin katrina kayla keiko keith kelly
kelsey ken kendra kenji kenneth kenta kerry kevin khadija khalid kim kimberly kirsten klaus konrad konstantin krishna krista kristen
kristin kristina kristine krystyna krzysztof kumar kurt kyle lara larissa larry lars laszlo latoya laura lauren laurence laurent
lea leah leandro leila lena lennart leo leon leonard leonardo leonie leroy leslie leticia lewis liam lidia lina linda lindsay lindsey
lionel lisa liv lloyd logan lois lorena lorenzo loretta lori lorraine louis louisa louise luc luca lucas lucia luciana lucie lucille
lucy ludwig luigi luis luisa lukas luke lydia lynn mackenzie madeleine madison magda magdalena magnus mahmoud makoto malcolm malik
malte manuel manuela mara marc marcel marcela marcelo marcin marco marcos marcus margaret margarita margit margot maria mariam
mariana marianne marie marika marilyn marina mario marion marisol marissa marjorie marko markus marlene marta martha martin martina
marvin mary maryam mateo mateusz mathias mathieu mathilde matilda matteo matthew matthias mattia maureen maurice mauricio maurizio
maximilian maya megan mehmet mei melanie melinda melissa mercedes meredith mia micah michael michaela michal michel michele michelle
miguel mikael mikhail mila milan milena mina miranda miriam mitchell mohamed mohammad mohammed moira molly mona monica monika
monique morgan moritz muhammad murat mustafa myra nadia nadine nancy naoko naomi natalia natalie natasha nathalie nathan nathaniel
neil nelson nicholas nick nico nicola nicolas nicole niels nigel nikhil nikita niklas nikola nikolai nils nina noah noel noelle
noemi nora norbert norma norman nuria octavia olaf oleg olga oliver olivia olivier omar oscar otto owen pablo pamela paola paolo
pascal patrice patricia patricio patrick patrik paul paula paulina pauline paulo pavel pedro peggy penelope petra philip philipp
philippe phillip phoebe phyllis pia pierre pietro pilar piotr pooja priscilla priya rachel radek rafael rahul rainer raj rajesh ralf
ralph ramon ramona raphael raquel rashid raul ravi raymond rebecca regina reiner reinhard renata renate rene ricardo riccardo
richard rita robert roberta roberto robyn rodney rodrigo roger roland rolf roman ron ronald rosa rosalie rosalind rosemary ross
roxanne roy ruben rudolf rupert russell ryan sabine sabrina sakura salma salvador salvatore sam samantha samir samira samuel sandeep
sandra sanjay santiago saoirse sara sarah sasha satoshi saul scott sean sebastian selena selma serena sergei sergey sergio seth shane
shannon sharon shaun shawn sheila shelley sherry shirley sigrid silke silvia simon simona simone sofia solange sonia sonja sophia
sophie spencer stacey stacy stanislav stanley stefan stefania stefanie stella stephan stephanie stephen steve steven stewart stuart
sue sunil suresh susan susana susanne suzanne sven svenja svetlana swati sybille sydney sylvia sylvie takashi takeshi tamara tammy
tanja tanya tara taro tatiana ted teresa terence teresa tess thea theo theodor theodore theresa thierry thomas thorsten tim timo
timothy tina tobias todd tom tomas tomasz tommy tony tracey tracy travis trevor tristan tyler ulrich ulrike umberto ursula uwe
valentina valentin valeria valerie vanessa vera veronica veronika vicky victor vijay vikram viktor viktoria vincent vincenzo virginie
vivian viviana vladimir volker walter wanda warren wayne wendy werner wilfried wilhelm willem william winston wojciech wolfgang
xavier ximena yasmin yolanda yosef youssef yuki yuri yusuf yvette yvonne zachary zara zeynep zoe zofia zuzana
`;

const family = `
abbott adams aguilar ahmed ali allen alonso alvarez andersen anderson andersson andrews antonov arnold bailey barnes bauer becker
bell bennett berg bernard bianchi blanc blanco bonnet boyd bradley brooks brown bruno bryant burke burns campbell cano carlsen
carlson carroll castillo castro chan chang chavez chen cheng christensen clark cohen cole coleman collins colombo contreras cooper
costa cox crawford cruz cunningham dahl daniels davies davis delgado diaz dietrich dixon dubois dumont duncan dunn dupont duran
edwards ellis eriksen eriksson esposito evans fernandes fernandez ferrari ferreira figueroa fischer fleming fletcher flores fontaine
foster fournier franco franklin fuchs fujita garcia garner gauthier gibson gill girard gomes gomez gonzales gonzalez graham greco
griffin gross guerrero gupta gutierrez guzman haas hahn hamilton hansen hansson harper harris harrison hartmann hassan hayes henderson
henry herman hernandez herrera hill hoffman hoffmann horvat horvath howard huang huber hughes hussain ibrahim ito ivanov ivanova
jackson jacobs jain jansen jansson jenkins jensen jimenez johansen johansson johnson johnston jones jorgensen joshi kaiser kato kaur
keller kelley kelly kennedy khan kim klein kobayashi koch kovac kovacs kowalski kozlov kramer krause kristensen kruger kumar larsen
larson lange lambert laurent lawrence lefebvre lehmann leroy levy lewandowski lewis lin lindberg lindgren liu lopes lopez ludwig
macdonald madsen maier malik marino marques marshall martin martinez martins maurer mayer mccarthy mcdonald medina mehta meier mendez
mendoza mercier meyer michel mitchell molina moller montgomery morales moreau moreno moretti morgan morris morrison muller munoz
murphy murray myers nakamura navarro nelson neumann newman nguyen nielsen nilsson novak nowak obrien ochoa oconnor okafor oliveira
olsen olson olsson ortega ortiz owens park parsons patel patterson pedersen pereira perez perkins petersen peterson petit petrov
pettersson pham phillips popescu powell ramirez ramos rasmussen reddy reyes reynolds ribeiro ricci richards richardson richter rivera
roberts robertson robinson robles rodrigues rodriguez rogers rojas romano romero rossi roth rousseau roux ruiz russell russo ryan saito
salazar sanchez sanders santiago santos sato sauer schafer schmid schmidt schmitt schneider scholz schreiber schroder schubert
schulte schulz schumacher schwarz serrano shah sharma shaw silva simmons simpson singh smirnov smith soares sokolov sorensen sousa
souza spencer stevens stewart suarez sullivan suzuki svensson takahashi tanaka thompson toth tran tremblay vargas vasquez vazquez
vega vidal vincent vogel vogt wagner wallace walsh walter wang watanabe watson weber weiss werner whitaker wilkinson williams
williamson wilson winkler winter wolff wong wright wu xu yamada yamamoto yang yilmaz yoshida zhang zhao zhou zhu ziegler zimmermann
`;

const givenNames = new Set(given.trim().split(/\s+/));
const familyNames = new Set(family.trim().split(/\s+/));

/** Whether a folded word is a known given name. */
export function isGivenName(word: string): boolean {
  return givenNames.has(word);
}

/** Endings that make family names in the Nordic, Slavic, Caucasian, Turkish and Romanian languages. */
const familyEnding =
  /^[a-z]{3,}(?:sson|dottir|ovic|evic|ovich|evich|enko|wski|wska|czyk|shvili|oglu|escu|inen|anen|onen)$/;

/** Whether a folded word is a known family name, or has the ending of one. */
export function isFamilyName(word: string): boolean {
  return familyNames.has(word) || familyEnding.test(word);
}
