"""Words for furniture in Danish, Norwegian, Swedish and English, beside the reference data's own.

The reference data names each category; price lists name the same things in many ways. Words stand
in their basic form: endings and compounds are the matter of ``categories``.
"""

_WORDS = """
office_task_chair: kontorsstol, skrivbordsstol, arbetsstol, executive chair, computer chair,
  operator chair, sadelstol, sadelstool, ståstøttestol
conference_swivel_chair: konferansestol, konferensstol, dreiestol, snurrstol
visitor_chair: stol, chair, møtestol, mötesstol, besökstol, besøksstol, gjestestol, gæstestol,
  venteværelsesstol, armstol, guest chair, waiting room chair, side chair
stacking_chair: stablestol, stapelstol, stabelbar stol, hopfällbar stol, fällstol, foldestol
dining_chair_wood: kantinestol, matstol, matsalsstol, köksstol, kjøkkenstol, pinnestol, pinnstol,
  caféstol, cafe chair, kitchen chair, dining chair, canteen chair, wooden chair
bar_stool: barpall, barkrakk, barstool, counter stool, bar chair
stool_wood: krakk, pall, taburett, tabourett, trappestige, trinskammel
desk_fixed: skrivbord, skrivepult, kontorbord, kontorsbord, arbetsbord, arbeidsbord, office desk,
  computer desk, computerbord, corner desk, workstation
desk_sit_stand: hev-senk-bord, hev senk bord, hev/senk-pult, hev senk pult, heve senkebord,
  hevesenkebord, höj- och sänkbart skrivbord, höj sänkbart bord, sit-stand desk, standing desk,
  height adjustable desk, electric desk, el-skrivebord
conference_table: møtebord, mötesbord, konferansebord, konferensbord, boardroom table,
  samarbejdsbord
meeting_table_small: kafébord, cafe table, bistrobord, bistro table, pelarbord, søjlebord
dining_table: bord, table, matbord, matsalsbord, köksbord, kjøkkenbord, ståbord, bar table,
  kitchen table, canteen table, kantinbord, lunchbord
folding_table: fällbord, klaffbord, foldable table, sammenleggbart bord, fold table, hopfällbart
  bord
coffee_table: soffbord, salongbord, loungebord, coffee table, side table, end table, occasional
  table, lamp table, bedside table, nightstand, nattbord, sängbord, satsbord, sidobord, sidebord,
  indskudsbord, nest of tables, console table, konsollbord, avlastningsbord
reception_desk: receptionsdisk, resepsjonsdisk, resepsjonsskranke, receptionsbord, skranke
pedestal: rullecontainer, container, hurts, skuffeseksjon, skuffcontainer, rullhurts, byrå,
  kommode, kommod, dragkista, skuffereol, lådhurts, chest of drawers, drawer cabinet, mobile
  pedestal
cupboard_wood: skap, skåp, cupboard, cabinet, sideboard, skænk, skjenk, skänk, vitrine, vitrin,
  vitrineskap, vitrinskåp, kontorskap, kontorsskåp, highboard, skydedørsskab, storage cabinet,
  display cabinet, glass-door cabinet, kuvertskab, mediemøbel, tv-bord, tv-bænk, tv bench, tv
  unit, tv-møbel, værktøjsskab
cabinet_tambour: sjalusiskap, jalusiskåp, jalusiskap, jalousiskåp, rullefrontskab, rulldörrsskåp,
  tambour cupboard, roller shutter cabinet, tambour unit
cupboard_steel: stålskap, stålskåp, metallskap, plåtskåp
filing_cabinet_steel: arkivskap, arkivskåp, hängmappsskåp, hengemappeskap, file cabinet, lateral
  file, kartotekskab, dokumentskåp
bookcase_wood: bokhylle, bokhylla, hylle, hylla, bokhyllor, shelving unit, shelves,
  bookshelves, reolsystem, reolsektion, zigzag-reol, wall shelf, vägghylla, vegghylle,
  opbevaringsreol, rumdelerreol, hylderamme
shelving_steel: lagerhylle, lagerhylla, pallställ, pallreol, stålhylle, stålhylla, grenreol,
  warehouse shelving, pallet rack, pallet racking, industrial shelving, arkivreol, kompaktreol
lockers: elevskap, elevskåp, omkledningsskap, omklädningsskåp, skoleskab, locker, boksskab,
  værdiskab, småskab, personalskåp, personellskap
wardrobe_wood: klesskap, garderobeskap, garderobsskåp, klädskåp, tøjskab, garderob, linnedskab,
  sliding-door wardrobe
coat_stand: stumtjener, hattehylde, hatthylla, hattehylle, klädhängare, kläställ, klesstativ,
  knaggrekke, stumtjenare, kroglist, knagebræt, coat hanger stand, coat tree, hat rack,
  garderobestativ, klädställning, knaggrad
trolley: rullvagn, tralle, serveringsvagn, serveringstralle, rullebord, tevagn, tea trolley,
  bakkevogn, trillebord, serving cart, bogvogn
armchair: lenestol, fåtölj, vilstol, hvilestol, loungechair, recliner, gyngestol, gungstol, wing
  chair, øreklapstol, öronlappsfåtölj, rocking chair, club chair, loungestol, hvilelænestol,
  tv-stol
sofa_2_seat: loveseat, two-seater sofa, tosæders sofa, toseter, toseter sofa, tvåsitssoffa,
  2-sitssoffa, 2-seter, 2-seat sofa, 2-seater sofa, topersonerssofa
sofa_3_seat: sofa, soffa, couch, settee, hörnsoffa, hjørnesofa, modulsofa, modulsoffa,
  chaiselongsofa, treseter, 3-seter, tresitssoffa, corner sofa, loungesofa
sofa_bed: bäddsoffa, sovesofa, sofabed, sofa bed, gästbädd, daybed, futon
pouf: puff, sittpuff, sittepuff, fotpall, fotskammel, fodpuf, siddepuf, saccosekk, sækkestol,
  sittsäck, sækkepude, bean bag, beanbag, pouffe, ottoman, hocker, siddeø
bed_frame: säng, seng, ramsäng, sengeramme, bedstead, bunk bed, våningssäng, køyeseng, loftseng,
  loftsäng, gæsteseng, gästsäng, dobbeltseng, dubbelsäng, enkeltseng, single bed, double bed,
  rejseseng, feltseng, divanbed, boxmadras-seng, sängstomme, kontinentalseng, day bed frame,
  hæveseng
care_bed: sykehusseng, vårdsäng, pleieseng, sjukhussäng, elevationsplejeseng, nursing bed,
  hospital bed, omsorgsseng
mattress_single: madrass, skumgummimadras, springmadras, fjedermadras, foam mattress, rullemadras,
  topmadras, overmadrass, bäddmadrass, resårmadrass, boxmadras, mattress
mattress_double: dobbeltmadrass, dubbelmadrass, double mattress
school_desk: elevpult, skolebord, skolbänk, elevbord, skolepult, elevbänk, school table, pupil
  desk, classroom desk
school_chair: elevstol, skolestol, skolstol, classroom chair, pupil chair
child_chair: barnestol, barnstol, kids chair, toddler chair, barnehagestol, børnetaburet,
  children's bench, børnebænk, småbørnsstol, nursery chair, vuggestuestol, legestol
child_table: barnebord, barnbord, kids table, barnehagebord, toddler table, småbørnsbord,
  vuggestuebord, nursery table, activity table, legebord
high_chair: babystol, tripp trapp, barnhögstol, feeding chair, spædbarnsstol, babyhøjstol
child_bed: spjälsäng, sprinkelseng, juniorseng, juniorsäng, babyseng, barnsäng, krybbeseng,
  barnevugge, cot, crib, cot bed, toddler bed, baby bed, krabbelseng, børnehaveseng
changing_table_electric: elektrisk stellebord, höj- och sänkbart skötbord, hev senk stellebord,
  height-adjustable changing table, hæve-/sænkbart puslebord
changing_table_fixed: stellebord, skötbord, baby changing unit, pusleplads, changing unit, nappy
  changing table
cloakroom_unit_daycare: barnehagegarderobe, kapprumsinredning, garderobebænk til børn,
  børnegarderobe, daycare cloakroom
toys_box: leker, leksaker, leketøy, byggeklodser, legetøjskasse, wooden blocks, building blocks,
  dukker, lekebiler, leksakslåda, jigsaw, puslespil, togbane, brætspil
activity_mat: tumlemåtte, lekmatta, lekematte, gymnastikkmatte, gymnastikmatta, crash mat, gym
  mat, tumbling mat, gymnastikmåtte, nedspringsmåtte, legemåtte, tumlemadras
whiteboard: whiteboardtavla, skrivetavle, skrivtavla, dry erase board, whitebord, magnettavle,
  magnetic board, kridttavle, griffeltavla
glass_board: glasskrivtavla, glassboard, glasstavla, glass whiteboard, glasskrivetavle
notice_board: oppslagstavle, anslagstavla, korktavla, pin board, noticeboard, filttavle, cork
  board
acoustic_screen_floor: skjermvegg, skärmvägg, golvskärm, gulvskjerm, rumsavdelare, room divider,
  partition screen, lydskærm, lydabsorberende skærm, foldevæg, støjskærm, avskärmning, office
  partition, partition wall, romdeler, akustikvæg, absorberende skærmvæg
desk_screen: bordskjerm, bordskärm, skrivbordsskärm, bordskillevæg, desk divider, desk partition,
  privacy screen, skrivebordskjerm
outdoor_bench: hagebenk, trädgårdsbänk, parkbenk, parkbänk, utebenk, utebänk, park bench, bænk,
  benk, bänk, bench, havebænk, udebænk
garden_set: hagemøbler, utemöbler, trädgårdsmöbler, havebordsæt, hagebord, hagestol,
  trädgårdsstol, trädgårdsbord, garden table, garden chair, patio set, picnic bench, utestol,
  utebord, bord- og bænkesæt, bord bænkesæt, bordbænkesæt, terrassestol, terrassebord, altanbord,
  altanstol, outdoor chair, outdoor table, deck chair, liggestol, solseng, sunlounger, solstol,
  outdoor dining set, campingstol, strandstol
table_lamp: bordlampa, skrivbordslampa, arbeidslampe, arbetslampa, lampe, lampa, lamp,
  klemmelampe, klemlampe, læselampe, leselampe, läslampa, task light, desk light, sengelampe,
  klämlampa
floor_lamp: golvlampa, stålampe, standard lamp, uplight, uplighter
monitor_arm: skjermarm, bildskärmsarm, skärmarm, monitorarm, monitor mount, dual monitor arm,
  monitorholder, skærmholder, monitor stand arm
"""

# What a category becomes by further words in the name, each the beginning of a word; words of three
# letters and those with "!" stand whole.
_FURTHER = """
armchair > child_chair: børn barn kids child
outdoor_bench > child_table: kids child
sofa_3_seat > sofa_2_seat: 2-pers 2-seat 2-sæd 2-sits 2-seter 2pers topers to-pers tosæd two-seat
  tvåsits toseter
sofa_3_seat > sofa_bed: sovefunktion sovfunktion soveplads
conference_table > meeting_table_small: rund lille liten litet small round ø80 ø90 ø100 ø110 ø120
  ellipse-lille 2-4 4-pers 4pers
desk_fixed > desk_sit_stand: hæve sænk hæv elektr elmotor motoris hev senk sänk justerbar
  sit-stand sit/stand sitstand height-adj adjustable standing! højdej højdei höjdj høydej
dining_table > desk_sit_stand: hæve hæv sænk hev senk sänk sit-stand height-adj adjustable højdej
  højdei höjdj høydej
conference_table > folding_table: klap folde flip sammenklap fold folding fäll
dining_table > folding_table: klap folde sammenklap foldable folding fäll hopfäll sammenlegg
dining_table > garden_set: have udendørs udemøb outdoor garden utendørs utomhus terrasse
dining_table > child_table: børn barn kids child småbørn vuggestue børnehave
dining_table > school_desk: elev skole klasseværelse
dining_table > conference_table: møde konference møte meeting conference
visitor_chair > stacking_chair: stabel stabl stack klap folde sammenklap foldable folding hopfäll
  sammenlegg stapelbar stapling
visitor_chair > conference_swivel_chair: drejb drejel drejestel snurr
visitor_chair > office_task_chair: office task desk kontor arbejds ergonomi
visitor_chair > child_chair: børn barn kids child småbørn vuggestue børnehave
visitor_chair > school_chair: elev skole klasseværelse student school
visitor_chair > garden_set: have udendørs outdoor garden utendørs utomhus terrasse altan
visitor_chair > dining_chair_wood: spise kantine køkken dining canteen
stool_wood > bar_stool: bar counter
stool_wood > child_chair: børn barn kids child
cupboard_wood > filing_cabinet_steel: filing hængemapp arkiv
cupboard_wood > cabinet_tambour: jalousi jalusi sjalusi tambour rullefront shutter
cupboard_wood > cupboard_steel: stål! metal! metall! steel! plåt!
wardrobe_wood > lockers: stål! metal! metall! steel! plåt!
bookcase_wood > shelving_steel: stål metal metall steel lager galvanis warehouse plåt
changing_table_fixed > changing_table_electric: hæve hæv sænk elektr el hev senk sänk electric
  height-adj adjustable højdej højdei höjdj høydej
mattress_single > mattress_double: dobbelt dubbel double queen king 140x 160x 180x
mattress_single > activity_mat: tumle gymnastik lege
bed_frame > care_bed: pleje pleie hospital omsorg nursing care vård sykehus
bed_frame > child_bed: børn barn baby junior toddler tremme kids children
table_lamp > floor_lamp: gulv golv floor stander standing!
whiteboard > glass_board: glas glass
desk_fixed > school_desk: elev skole school student pupil
desk_fixed > reception_desk: reception
outdoor_bench > child_chair: børn børnehave vuggestue
"""

_PARTS = """
ekstra extra løs løse reserve headboard sengegavl armlæn armlene armstöd ryglæn nakkestøtte
nakkepude nackstöd hovedstøtte headrest armrest backrest footrest hjul hjulsett rulle castor caster
wheel skuffe skuff skuffeindsats låda drawer plade plate skiva tabletop top panel frontplade
bagklædning sidestykke gavl gavel gaspatron gascylinder gaslift gasfjeder stel understel understell
underrede stativ frame base leg ben fod fötter foot kryds fodkryds fotkryss betræk stolebetræk
trekk klädsel överdrag overtræk overtrekk cover slipcover hynde pude sædepude hyndesæt rygpude pute
kudde cushion pad låge lågesæt dør dörr door lock lås greb håndtag handle knap hængsel hinge beslag
fitting bracket konsol skinne rail kabelbakke kabelkanal kabelgennemføring kabelränna grommet
glider glidedup glidesko møbeldup filtdup dupsko reservedel reservdel skrue topplade dækplade
låsesæt nøgle motor styreboks controlbox håndbetjening sokkel fodstykke tværstang bøjlestang ophæng
vægbeslag samlebeslag lagen sengetøj dyne hovedpude madrasbeskytter monteringssæt toprist skærebræt
koblingsbeslag seatpad sæde ryg rygskal sete forlænger tilbehør accessory adapter batteri pære
lyskilde skærm lampeskærm lampeskjerm lampskärm lampshade shade sengehest gelænder sengelamel
lamelbund dug voksdug fødder føtter feet hjulsæt dyna
"""

_ALONE = """
bord stol bed cot crib desk stool bench lamp toy toys chair table shelf cabinet counter disk pall
cradle couch futon hurts byrå top base leg legs feet foot pad seat sete sits frame rail door lock
wheel panel shade cover krakk leker reception locker tralle fod dug kryds dyne motor konsol knap
greb drawer rulle stativ adapter pære duge
"""

_PLAIN = """
the a round square rectangular oval half-round large small low high tall long new used white black
grey gray oak birch beech pine walnut ash wooden wood glass steel metal laminate veneer extendable
extending solid classic modern stackable
"""

_OTHERS = """
køleskab kjøleskap kylskåp fryseskab fryseskap frysskåp kølefryseskab varmeskab tørreskab torkskåp
  elskab sikringsskab rackskab serverskab brandskab medicinkøleskab vinkøleskab fællesskab
  fellesskap regnskab regnskap medlemskab medlemskap venskab selskab selskap landskab egenskab
  kendskab lederskab ejerskab budskab forfatterskab tilskab naboskab partnerskab partnerskap
  kørestol rullestol rullstol autostol bilstol toiletstol badestol cykelstol pistol strygebord
  strykebord strykbräda bordtennisbord pingpongbord poolbord billardbord airhockeybord togbord
  blomsterseng loftlampe loftslampe loftlampa taklampe taklampa pendellampe pendel væglampe
  vegglampe vägglampa lommelampe pandelampe varmelampe eltavle resultattavle arbejdsbænk høvlbænk
  vægtbænk træningsbænk filebænk arbetsbänk arbeidsbenk workbench skobænk wheelchair keyboard
  skateboard clipboard dashboard cardboard bordfodbold bordbombe skabelon skabsfryser autoskammel
  luftmadras gulvtæppe tæppe gardin opvaskemaskine mikroovn
"""


def _entries(text: str) -> list[tuple[str, str]]:
    """Entries of "name: words", of which one may go over several lines."""
    pairs = (entry.split(": ", 1) for entry in text.strip().replace("\n  ", " ").split("\n"))
    return [(name, words) for name, words in pairs]


WORDS: dict[str, str] = dict(_entries(_WORDS))
"""Words and phrases of a category, separated by commas."""
FURTHER: list[tuple[str, str, list[str]]] = [
    (before, after, words.split())
    for name, words in _entries(_FURTHER)
    for before, _sign, after in [name.partition(" > ")]
]
"""From, to, and the beginnings of words that say so; in this order."""
PARTS: list[str] = _PARTS.split()
"""Parts, covers and what else belongs to a piece without being one; also as a compound's end."""
ALONE: list[str] = _ALONE.split()
"""Words that end others by chance, or end words for other things: they stand alone."""
OTHERS: list[str] = _OTHERS.split()
"""What looks like furniture by its end, but is an appliance, an aid or no thing at all."""
PLAIN: list[str] = _PLAIN.split()
"""English words that leave a table a table."""
OTHER_PHRASES = (
    "pendant lamp",
    "ceiling lamp",
    "wall lamp",
    "pool table",
    "table tennis",
    "car seat",
    "toilet chair",
    "shower chair",
    "ironing board",
    "weight bench",
    "periodic table",
    "table cloth",
    "table runner",
    "table football",
    "work bench",
    "bed canopy",
    "bed tent",
)
