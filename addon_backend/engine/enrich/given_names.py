"""Common first names, to tell which half of a name comes first. Written by us; it need not be complete."""

from __future__ import annotations

from anyascii import anyascii

_NAMES = frozenset(
    """
    adam adrian aidan alan albert alex alexander alfred alice alison amanda amelia amy andrea andrew
    angela ann anna anne anthony arthur ashley barbara ben benjamin beth bill bob brandon brenda brian
    bruce carl carol caroline catherine charles charlotte cheryl chloe chris christian christina christine
    christopher claire craig cynthia dan daniel dave david dawn deborah debra denise dennis diana diane
    donald donna doris dorothy douglas dylan edward eleanor elizabeth ella emily emma eric ethan eugene
    evelyn fiona frances frank fred gareth gary gavin george gerald gillian gloria grace graham greg
    gregory hannah harold harry heather helen henry howard hugh ian isabella isla jack jacob jacqueline
    jake james jamie jane janet janice jason jean jeff jeffrey jennifer jeremy jessica jill jim joan
    joanna joe joel john jonathan jordan joseph josh joshua joyce judith judy julia julian julie justin
    karen kate katherine kathleen kathryn katie keith kelly kenneth kevin kim kimberly kyle larry laura
    lauren lawrence leah leo leonard lewis liam lily linda lisa logan louise lucas lucy luke lynn malcolm
    margaret maria marie marilyn mark martha martin mary mason matt matthew megan melissa michael michelle
    mike mia mohammed muhammad nancy natalie nathan neil nicholas nicola nicole nigel noah nora oliver
    olivia oscar pamela patricia patrick paul paula peter philip phoebe phyllis rachel ralph raymond
    rebecca richard rob robert robin roger ronald rose roy russell ruth ryan sally sam samantha samuel
    sandra sara sarah scott sean sharon shaun shirley simon sophia sophie stephanie stephen steve steven
    stuart susan suzanne sydney sylvia teresa theo theresa thomas tim timothy tina tom tony tracey tracy
    trevor tyler valerie vanessa veronica victor victoria vincent virginia walter wayne wendy william
    yvonne zachary zoe agathe alain alexandra alexandre alexis amelie anais antoine antonin arnaud audrey
    aurelie axel baptiste bastien benoit bernadette bernard bertrand brigitte bruno camille cecile celine
    chantal christelle christophe clara claude claudine clement clementine colette corinne coralie cyril
    damien danielle delphine didier dominique edouard elise elodie emilie emmanuel emmanuelle estelle
    etienne eva fabien fabienne fabrice fabrizio fanny florence florent florian franck francois francoise
    frederic frederique gabriel gabrielle gael gaelle genevieve georges geraldine gerard ghislaine gilbert
    gilles guillaume guy helene herve hugo ines isabelle jacques jean-baptiste jean-claude jean-francois
    jean-luc jean-marc jean-marie jean-michel jean-paul jean-philippe jean-pierre jeanne jerome joelle
    josiane jules julien juliette karine laetitia laure laurence laurent lea leonie loic louis luc lucie
    ludovic madeleine magali manon marc marcel margaux marianne marie-christine marie-claude marie-france
    marine marion martine mathieu mathilde matthieu maurice maxime melanie michel mickael mireille monique
    morgane muriel nadia nadine nathalie nicolas noemie odile olivier pascal pascale patrice pauline
    philippe pierre quentin raphael regis remi remy rene renaud romain sabine sabrina sandrine sebastien
    serge severine solange sonia sophie stephane sylvain sylvie theophile thibault thierry tristan
    valentin valentine vincent virginie xavier yann yannick yves yvette andreas angelika anja anke annette
    antje astrid axel bernd bernhard birgit bjorn brigitte christa christoph claudia cornelia dagmar
    detlef dieter dirk dorothea eberhard elke ernst erika franz friedrich fritz georg gerd gerhard gerda
    gisela gudrun gunter gunther hans harald hartmut heike heiko heinrich heinz helga helmut herbert
    hermann holger horst ingo ingrid jan jens joachim jochen johann johanna johannes jorg josef jurgen
    jutta kai karl karin karl-heinz katja katrin kerstin klaus kurt lars lena lothar ludwig lukas lutz
    manfred manuela marcus markus matthias max maximilian michaela monika norbert olaf otto peer petra
    rainer ralf reinhard reinhold renate rolf rudolf rudiger silke silvia stefan stefanie steffen susanne
    sven swen tanja thorsten tobias torsten udo ulf uli ulrich ulrike ursula ute uwe volker werner wilhelm
    winfried wolfgang alejandro alberto alfonso alicia alvaro ana angel antonio beatriz begona belen
    carlos carmen catalina consuelo cristina cristobal diego dolores eduardo elena emilio enrique ernesto
    esteban esther eugenia felipe fernando francisca francisco gonzalo guadalupe guillermo gustavo hector
    ignacio inmaculada isabel jaime javier jesus joaquin jorge jose juan juana julio laia lorena lorenzo
    lourdes lucia luis luisa manuel marcos margarita mariano marta mateo mercedes miguel montserrat
    natalia nuria oscar pablo paco patricio pedro pilar rafael ramon raquel raul ricardo roberto rocio
    rodrigo rosa rosario salvador santiago sergio silvia soledad susana teresa tomas vicente yolanda
    alessandra alessandro alessia alessio andrea angelo anna antonella arianna carla carlo chiara claudio
    cristiano daniela daniele dario davide domenico elisa emanuele enrico enzo fabio federica federico
    filippo francesca francesco gabriele giacomo gianluca gianni giorgia giorgio giovanna giovanni giulia
    giuliano giulio giuseppe giuseppina ilaria leonardo luca luciano luigi marcella marcello marco massimo
    matteo maurizio mauro michela michele mirko mattia paola paolo pietro raffaele riccardo rosanna
    salvatore sara silvio simona simone stefania stefano tommaso tiziana umberto valentina valeria
    vincenzo vittorio anouk arjan bart bas bram cees cornelis daan diederik dirk els erik evert femke
    frederik gerrit hendrik henk ingeborg jaap jacobus jasper jeroen johan joost joris jos kees klaas koen
    laurens lieke maarten maaike marijke marloes martijn menno michiel niels petrus piet pieter rik roel
    ruben ruud saskia sander sanne sjoerd tijn tine tineke wessel wim willem wouter yvon afonso andre
    antonia bernardo bruna caio catarina celia conceicao duarte fatima fernanda filipa flavio goncalo
    helder helena henrique ines joana joao luiz luiza madalena manuela mafalda marcia marcio margarida
    mariana mario matheus miguel nelson nuno paulo pedro renata renato ricardo rita rodrigo rui sandro
    sergio sofia tania telmo tiago vasco vera vitor ahmed ali amina fatima hassan ibrahim karim khadija
    leila mehdi mohamed mustafa nadia omar rachid samir sofiane yasmine youssef yusuf zineb aleksandra
    agnieszka andrzej anders anita annika birgitta bjorn erik eva gunnar hakan henrik ingrid jakub jerzy
    johan karolina katarzyna krzysztof lars magnus malgorzata mikael mikkel monika olga olof per piotr
    rasmus stanislaw sven tomasz wojciech zofia
    """.split()
)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common first name, in any case, with or without accents."""
    plain = anyascii(word).lower().strip(".")
    return plain in _NAMES or ("-" in plain and all(half in _NAMES for half in plain.split("-")))
