//! Statements that keep the words of a sentence and turn what it says, all of them made by hand: a small word exchanged, left out or
//! added, sides exchanged, a clause without the word that governs it. And plain shortenings of the same texts, which hold.

use desk::{Article, check};

/// None may be published as it stands, and each is told why.
fn check_false(article: &str, statements: &str) {
    let article = Article::new(article);
    for statement in statements.lines() {
        let verdict = check(&article, statement);
        assert!(!verdict.publish && !verdict.reasons.is_empty(), "{statement}");
    }
}

fn check_true(article: &str, statements: &str) {
    let article = Article::new(article);
    for statement in statements.lines() {
        let verdict = check(&article, statement);
        assert!(verdict.publish, "{statement}: {:?}", verdict.reasons);
    }
}

const MIXED: &str = "The council voted on Monday to close the pool in June, should the money run out. Mayor Anna Kern would resign, \
    had she known of the contract. The bridge will reopen in May, were the repairs to succeed. The school in Alton \
    had 300 pupils and twelve teachers, 20 of whom left. Police said ten hikers were missing. Two of them were found \
    on Friday. Neither the minister nor his deputy attended the meeting in Geneva. The company plans a factory in \
    Leeds. The firm denied that it had sold the site to Brown. Rivers rose faster than in 1994. The party won more \
    seats than the Liberals. Not all teachers received the letter. Few residents supported the plan. The court \
    rejected a claim that Smith had bribed the inspector. He was accused of stealing 300 pounds. Doctors no longer \
    recommend the drug. The team lost only one match at home. The government failed to meet its target. The union \
    has yet to sign the agreement. The museum all but closed in 2019. Sales fell by 3 percent to 40 million. The \
    price rose from 20 to 30 euros. Jones beat Miller in the final. Miller was beaten by Jones twice last season. \
    Hill said Brook was the best mayor. The vaccine is less effective than the older one. The airline stopped flying \
    to Oslo. The ship nearly sank. Critics called the law a disaster. The bank is said to have lost 5 million \
    pounds. The actor, who played a doctor, died in Rome. The film is based on a book by Hall. The tax was to be \
    abolished in March. Had the dam broken, the town would have been flooded. Five people were injured, none \
    seriously. It was not until Friday that the road opened. The ministry refused to comment on the report. The king \
    pardoned all but three prisoners.";

#[test]
fn mixed_is_not_turned() {
    check_false(
        MIXED,
        r#"Mayor Anna Kern would resign.
Anna Kern will resign.
The bridge will reopen in May.
Two of them were found.
Two were found on Friday.
The minister attended the meeting in Geneva.
His deputy attended the meeting in Geneva.
The company has a factory in Leeds.
The firm sold the site to Brown.
The firm had sold the site to Brown.
The Liberals won more seats than the party.
Teachers received the letter.
All teachers received the letter.
Residents supported the plan.
Smith had bribed the inspector.
Smith bribed the inspector.
He stole 300 pounds.
Doctors recommend the drug.
The team lost at home.
The team lost one match.
The government met its target.
The union signed the agreement.
The union has signed the agreement.
The museum closed in 2019.
Sales fell by 40 million.
Sales fell to 3 percent.
The price rose to 20 euros.
The price rose from 30 to 20 euros.
Miller beat Jones in the final.
Jones was beaten by Miller twice last season.
Brook was the best mayor.
Brook said Hill was the best mayor.
The vaccine is effective.
The vaccine is more effective than the older one.
The older one is less effective than the vaccine.
The airline is flying to Oslo.
The ship sank.
The law is a disaster.
The law a disaster.
The bank lost 5 million pounds.
The bank has lost 5 million pounds.
The actor is a doctor.
The book is based on a film by Hall.
The tax was abolished in March.
The dam broke.
The town was flooded.
The town would have been flooded.
Five people were injured seriously.
Five people were seriously injured.
The road opened until Friday.
The road did not open on Friday.
The ministry commented on the report.
The king pardoned three prisoners.
The king pardoned all prisoners.
The king pardoned all three prisoners.
The school in Alton had 300 teachers.
The school in Alton had twelve pupils."#,
    );
    check_true(MIXED, r#"The party won seats."#);
}

const STADT: &str = "Der Stadtrat beschloss am Montag, das Bad im Juni zu schließen. Die Brücke wird im Mai gesperrt. Bürgermeisterin \
    Anna Kern weigerte sich, den Vertrag zu unterschreiben. Der Minister wies den Vorwurf zurück, er habe das \
    Gelände verkauft. Nicht alle Lehrer erhielten den Brief. Wenige Anwohner unterstützten den Plan. Die Firma \
    plant, ein Werk in Leipzig zu bauen. Der Umsatz fiel um 3 Prozent auf 40 Millionen Euro. Müller schlug Schmidt \
    im Finale. Der Verein verlor zu Hause nur ein Spiel. Die Ärzte raten davon ab, das Mittel zu nehmen. Das Schiff \
    wäre beinahe gesunken. Die Partei gewann mehr Sitze als die Liberalen. Der Zug fuhr von Bonn nach Köln. Kern \
    sagte, Weber sei der beste Trainer. Weber ist laut Kern schwer krank. Zwei von ihnen wurden am Freitag gefunden. \
    Das Gericht hob das Urteil gegen Brandt auf. Die Polizei nahm den Mann nicht fest, sondern befragte ihn. Der \
    Vertrag soll im März enden. Die Regierung lehnte es ab, die Steuer zu senken. Das Museum bleibt bis Oktober \
    geschlossen. Statt 20 kamen 200 Gäste. Ohne Hilfe aus Berlin hätte die Stadt die Schule geschlossen.";

#[test]
fn stadt_is_not_turned() {
    check_false(
        STADT,
        r#"Das Bad schloss im Juni.
Der Stadtrat schloss das Bad am Montag.
Die Brücke ist im Mai gesperrt worden.
Die Brücke wurde im Mai gesperrt.
Anna Kern unterschrieb den Vertrag.
Bürgermeisterin Anna Kern unterschrieb den Vertrag.
Der Minister verkaufte das Gelände.
Der Minister habe das Gelände verkauft.
Er habe das Gelände verkauft.
Alle Lehrer erhielten den Brief.
Lehrer erhielten den Brief.
Anwohner unterstützten den Plan.
Die Firma baut ein Werk in Leipzig.
Die Firma hat ein Werk in Leipzig gebaut.
Der Umsatz fiel um 40 Millionen Euro.
Der Umsatz fiel auf 3 Prozent.
Schmidt schlug Müller im Finale.
Der Verein verlor zu Hause.
Der Verein verlor zu Hause ein Spiel.
Die Ärzte raten, das Mittel zu nehmen.
Das Schiff ist gesunken.
Die Liberalen gewannen mehr Sitze als die Partei.
Die Partei gewann weniger Sitze als die Liberalen.
Der Zug fuhr von Köln nach Bonn.
Der Zug fuhr nach Bonn.
Weber sagte, Kern sei der beste Trainer.
Weber ist der beste Trainer.
Weber ist schwer krank.
Kern ist schwer krank.
Zwei wurden am Freitag gefunden.
Das Gericht verhängte das Urteil gegen Brandt.
Das Urteil gegen Brandt steht.
Die Polizei nahm den Mann fest.
Der Vertrag endet im März.
Der Vertrag endete im März.
Die Regierung senkte die Steuer.
Das Museum bleibt ab Oktober geschlossen.
Das Museum ist seit Oktober geschlossen.
20 Gäste kamen.
Die Stadt hat die Schule geschlossen.
Die Stadt hätte die Schule geschlossen."#,
    );
}

const STRIKE: &str = "The minister said on Tuesday that the talks with the union had collapsed. Union leader Carla Ruiz called the \
    offer insulting, and said drivers would strike from Monday. The city operates 40 buses, down from 55 a year ago. \
    Ruiz met Mayor Tom Hale, whose party opposes the cuts, on Sunday. The court cleared Hale of fraud but fined his \
    brother. Half of the drivers earn less than the minimum wage. The offer was worth 3 million euros over five \
    years. The operator, Norbus, blamed the city for the delay. The city blamed rising fuel prices. A spokesman for \
    Norbus declined to say whether jobs would go. Passengers face delays unless a deal is reached by Friday. In a \
    survey of 1,200 passengers, 62 percent backed the drivers. Hale, who is 61, was first elected in 2015 and is not \
    standing again. The strike would be the first since 1998. Norbus lost its licence in Brandon, where two buses \
    caught fire, but kept the one in Alder. The ministry and the city share the costs. Neither side has ruled out \
    mediation. The fleet will be replaced by 2030 at the earliest. Fares rose for the third time in two years. The \
    city promised to pay Norbus the money it owes. Critics accused Ruiz of exaggerating. Ruiz denied this. The \
    mayor, once a driver himself, praised the drivers rather than the operator. The bus that crashed belonged to a \
    rival. Norbus bought Alder Lines from Coastal for 12 million euros in 2019.";

#[test]
fn strike_is_not_turned() {
    check_false(
        STRIKE,
        r#"The talks with the union collapsed.
The minister had collapsed.
The drivers will strike from Monday.
The city operates 55 buses.
The city operates 40 buses, up from 55 a year ago.
Ruiz opposes the cuts.
The court fined Hale.
The court cleared his brother of fraud.
Drivers earn less than the minimum wage.
Half of the drivers earn more than the minimum wage.
Half of the drivers earn the minimum wage.
The offer was worth 5 million euros over three years.
The city blamed Norbus for the delay.
Norbus declined to say whether jobs would go.
A spokesman for Norbus said jobs would go.
Passengers face delays.
Passengers face delays by Friday.
62 percent of passengers backed the drivers.
1,200 passengers backed the drivers.
Hale is standing again.
Hale was elected in 2015.
Hale was first elected in 1998.
The strike is the first since 1998.
The strike was the first since 1998.
Norbus lost its licence in Alder.
Norbus kept its licence in Brandon.
Two buses caught fire in Alder.
The ministry shares the costs.
One side has ruled out mediation.
Neither side has mediation.
The fleet will be replaced by 2030.
The city paid Norbus the money it owes.
Ruiz accused critics of exaggerating.
Ruiz exaggerated.
The mayor praised the operator.
The mayor, a driver himself, praised the drivers.
The bus belonged to a rival.
The bus that crashed belonged to Norbus.
Coastal bought Alder Lines from Norbus for 12 million euros in 2019.
Norbus sold Alder Lines to Coastal in 2019.
Norbus bought Coastal for 12 million euros in 2019.
Norbus bought Alder Lines from Coastal in 2015.
The talks with the mayor had collapsed.
Carla Ruiz called the drivers insulting.
Hale called the offer insulting.
Union leader Tom Hale called the offer insulting."#,
    );
    check_true(
        STRIKE,
        r#"The city operates 40 buses.
Hale's party opposes the cuts.
Ruiz met Mayor Tom Hale on Sunday.
The court cleared Hale of fraud.
The operator, Norbus, blamed the city.
Norbus lost its licence in Brandon.
Two buses caught fire.
The city shares the costs.
The mayor praised the drivers.
Norbus bought Alder Lines for 12 million euros."#,
    );
}

const BANK: &str = "The regulator fined Delta Bank 4 million pounds for failing to report suspicious payments. The bank, which is \
    based in Cork, said it accepted the decision. Its chairman, Ian Moss, resigned before the report was published. \
    The report found no evidence that staff had profited. Moss had told MPs in May that the bank would cooperate. \
    Only after the fine was announced did shares recover. Shares closed 2 percent lower, having fallen as much as 9 \
    percent. The regulator opened the inquiry at the request of the ministry. Critics say the fine is too small to \
    deter others. Delta Bank is the second lender to be fined this year, after Omega Trust. Omega Trust has \
    appealed. The two banks together hold a third of deposits. Customers were told not to worry. The minister called \
    on the bank to repay customers. A former employee, Jane Poole, tipped off the regulator. Poole sued the bank \
    after it dismissed her, and won. Her lawyer said she was pleased but exhausted. The fine would have been 6 \
    million had the bank contested it. Neither Poole nor Moss could be reached. Parliament is to debate the case \
    next week. Some MPs want the law changed; the government does not. At least five banks are under scrutiny, among \
    them Sigma. The bank is not accused of laundering money. Moss's successor, Ann Cole, earned 900,000 pounds last \
    year, twice as much as Moss. Payments of up to 10,000 pounds went unchecked between 2016 and 2019. The ombudsman \
    upheld 12 of 40 complaints against Omega. The bank spent more on lawyers than on compliance. It was Cole, not \
    Moss, who met the regulator. Cole is expected to step down in June. Fewer than half of customers have been \
    repaid.";

#[test]
fn bank_is_not_turned() {
    check_false(
        BANK,
        r#"Delta Bank reported suspicious payments.
Ian Moss resigned after the report was published.
Moss resigned before the report.
The report found evidence that staff had profited.
The report found that staff had profited.
Staff had profited.
MPs told Moss in May that the bank would cooperate.
Shares recovered.
Shares closed 9 percent lower.
Shares closed 2 percent higher.
Shares fell 2 percent.
The ministry opened the inquiry at the request of the regulator.
The fine is too small to deter others.
The fine is small.
Critics say the fine is small.
Delta Bank is the second lender.
Omega Trust is the second lender to be fined this year.
Delta Bank is the second lender to be fined this year, before Omega Trust.
Delta Bank has appealed.
A third of deposits hold the two banks.
Customers were told to worry.
The bank called on the minister to repay customers.
The minister repaid customers.
The bank repaid customers.
An employee, Jane Poole, tipped off the regulator.
The regulator tipped off Jane Poole.
Poole sued the bank before it dismissed her.
The bank sued Poole after it dismissed her.
The bank won.
Her lawyer said she was exhausted.
Her lawyer was pleased.
The fine would have been 6 million.
The fine was 6 million.
Moss could be reached.
Parliament debated the case.
The government wants the law changed.
The government does.
Some MPs want the law.
Five banks are under scrutiny.
At most five banks are under scrutiny.
The bank is accused of laundering money.
Moss earned twice as much as Cole.
Moss earned 900,000 pounds last year.
Payments of 10,000 pounds went unchecked.
Payments of over 10,000 pounds went unchecked between 2016 and 2019.
Payments of up to 10,000 pounds went unchecked since 2016.
The ombudsman upheld 40 complaints.
The ombudsman rejected 12 of 40 complaints against Omega.
The bank spent more on compliance than on lawyers.
The bank spent more on lawyers.
It was Moss, not Cole, who met the regulator.
Moss met the regulator.
Cole is to step down in June.
Cole stepped down in June.
More than half of customers have been repaid.
Half of customers have been repaid.
Customers have been repaid.
Fewer than half of customers have been fined.
The regulator fined Omega Trust 4 million pounds.
Sigma was fined.
The ministry fined Delta Bank 4 million pounds."#,
    );
    check_true(
        BANK,
        r#"The regulator fined Delta Bank.
The regulator fined Delta Bank 4 million pounds.
Ian Moss resigned.
Moss told MPs that the bank would cooperate.
Shares closed 2 percent lower.
The regulator opened the inquiry.
Omega Trust has appealed.
A former employee tipped off the regulator.
Poole sued the bank.
Parliament is to debate the case.
At least five banks are under scrutiny.
Ann Cole earned 900,000 pounds.
Payments went unchecked between 2016 and 2019."#,
    );
}

const TOWN: &str = "The dog bit the postman near the station. The strike followed the closure of the mill. Teachers outnumber \
    doctors in the region. A storm caused the flood that destroyed the bridge. The mother of the suspect met the \
    lawyer of the victim. The boy's father, a farmer, sold his land to a hotel group. The hotel group later sold it \
    to the state. The author of the report, Lee Wong, criticised the minister who had ordered it. The police officer \
    shot the dog after it attacked a child. The children of the teacher visited the parents of the pupil. Prices of \
    flats rose more slowly than those of houses. The company that makes the vaccine supplies the army. A lorry hit a \
    tram at noon; nobody was hurt. The tenants owe the landlord two months' rent. The airline cancelled flights \
    because pilots were ill. Pilots blamed the airline for poor planning. The actor thanked the director who \
    discovered her. In the north, farmers fear wolves; in the south, they fear drought. The senator from Ohio \
    opposed the bill that the senator from Texas had written. The pupils taught the teachers how to use the app. The \
    museum lent the painting to a gallery in Rome. The thief who stole the painting gave it to his sister. The vote \
    was postponed after a member fainted. Wages grew faster than prices for the first time since 2020. Women earn 16 \
    percent less than men. The older brother protected the younger. The fund holds 12 percent of the shares in the \
    firm. Workers voted 300 to 120 to accept the deal. The team from Lyon beat the team from Turin on penalties. \
    Water levels were lower in spring than in autumn.";

#[test]
fn town_is_not_turned() {
    check_false(
        TOWN,
        r#"The postman bit the dog near the station.
The closure of the mill followed the strike.
Doctors outnumber teachers in the region.
The flood caused a storm.
The bridge destroyed the flood.
A flood caused the storm that destroyed the bridge.
The mother of the victim met the lawyer of the suspect.
The lawyer of the victim met the mother of the suspect.
The suspect met the lawyer.
A hotel group sold his land to the boy's father.
The hotel group sold it to the boy's father.
The state sold it to the hotel group.
The minister criticised the author of the report.
Lee Wong ordered the report.
The dog shot the police officer.
The police officer attacked a child.
The police officer shot a child.
The parents of the pupil visited the children of the teacher.
The children of the pupil visited the parents of the teacher.
Prices of houses rose more slowly than those of flats.
The army supplies the company.
The vaccine supplies the army.
The company supplies the vaccine.
A tram hit a lorry at noon.
The landlord owes the tenants two months' rent.
Pilots cancelled flights because the airline was ill.
The airline blamed pilots for poor planning.
The director thanked the actor.
The actor discovered the director.
In the south, farmers fear wolves.
In the north, they fear drought.
The senator from Texas opposed the bill that the senator from Ohio had written.
The senator from Texas opposed the bill.
The senator from Ohio had written the bill.
The teachers taught the pupils how to use the app.
A gallery in Rome lent the painting to the museum.
The thief stole his sister.
His sister gave the painting to the thief.
The vote fainted.
A member was postponed after the vote.
Prices grew faster than wages for the first time since 2020.
Men earn 16 percent less than women.
Women earn 16 percent more than men.
Women earn 16 percent.
The younger brother protected the older.
The firm holds 12 percent of the shares in the fund.
Workers voted 120 to 300 to accept the deal.
Workers voted 300 to 120 to reject the deal.
The team from Turin beat the team from Lyon on penalties.
Water levels were lower in autumn than in spring.
Water levels were higher in spring than in autumn.
Water levels were lower in spring."#,
    );
    check_true(
        TOWN,
        r#"The dog bit the postman.
Farmers fear wolves.
The actor thanked the director.
The museum lent the painting to a gallery.
Workers voted to accept the deal."#,
    );
}

/// The same in other texts: scales, frames, first names, mended denials.
#[test]
fn other_turns_are_refused() {
    for (article, statements) in [
        (
            "The dam was built in 1957 and holds about 3.2 million cubic metres of water. Brandt said most of the cracks were small. \
             The farmers' union, which had backed repairs, accused the council of ignoring its members. Eight of the eleven members \
             voted for the closure; three abstained. The water company plans to build a smaller dam near Tarn by 2029.",
            "The dam was built in 1957 and holds about 3.2 billion cubic metres of water.\n\
             The dam was built in 1957 and holds more than 3.2 million cubic metres of water.\n\
             The dam was built before 1957 and holds about 3.2 million cubic metres of water.\n\
             Brandt said the cracks were small.\n\
             The council accused the farmers' union of ignoring its members.\n\
             Eight of the eleven members voted against the closure; three abstained.\n\
             The water company plans to build a smaller dam near Tarn after 2029.",
        ),
        (
            "Paulo Teles was sentenced to three years in prison. His brother Rui Teles was acquitted. The firm paid 800,000 euros to a \
             company owned by Paulo Teles. The trial lasted 14 months.",
            "Rui Teles was sentenced to three years in prison.\n\
             The firm paid 800,000 euros to Paulo Teles.\n\
             The firm was paid 800,000 euros by a company owned by Paulo Teles.\n\
             The firm paid nearly 800,000 euros to a company owned by Paulo Teles.\n\
             The trial lasted more than 14 months.",
        ),
        (
            "A spokeswoman for Kraft, Eva Moe, denied reports that the company had ignored warnings. The police refuted reports that a \
             witness had died. Critics wrongly claim that Alfa employs children. According to unconfirmed reports, a guest was hurt.",
            "The company had ignored warnings.\nA witness had died.\nThe police said that a witness had died.\n\
             Critics claim that Alfa employs children.\nA guest was hurt.\nAccording to reports, a guest was hurt.",
        ),
        (
            "Der Stadtrat tagte am Montag. Das Gerücht, die Firma Alfa sei pleite, ist falsch. Holt bestritt, dass er die Rätin zu spät \
             informiert habe. Der Verein hat 1.200 Mitglieder, darunter viele Kinder. Der Wahlleiter entschuldigte sich bei den Wählern.",
            "Die Firma Alfa ist pleite.\nDie Firma Alfa sei pleite.\nHolt hat die Rätin zu spät informiert.\n\
             Der Verein hat 1,2 Mitglieder, darunter viele Kinder.\nDer Wahlleiter entschuldigte die Wähler.",
        ),
    ] {
        let read = Article::new(article);
        check_false(article, statements);
        for statement in statements.lines() {
            assert_eq!(check(&read, statement).mended, None, "{statement}");
        }
    }
}

/// The statements that showed how much was wrong, and the rules were made by: what is still published of them, of which about half
/// could be argued for. The figure stands in `docs/desk.md`.
#[test]
fn of_the_first_statements_made_by_hand_no_more_pass_than_are_known() {
    const KNOWN: usize = 41;
    #[derive(serde::Deserialize)]
    struct Made {
        text: String,
        r#false: Vec<String>,
    }
    let passed: Vec<String> = include_str!("../made/first.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Made>(line).unwrap())
        .flat_map(|made| {
            let article = Article::new(&made.text);
            let passes = move |statement: &String| {
                let verdict = check(&article, statement);
                verdict.publish || verdict.mended.is_some()
            };
            made.r#false.into_iter().filter(passes).collect::<Vec<_>>()
        })
        .collect();
    assert!(passed.len() <= KNOWN, "{passed:#?}");
}
