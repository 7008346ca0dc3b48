/// Words that passwords are commonly made of: what guessing programs try first, with digits, signs and one another around
/// them. Written for this desk from the subjects that published studies of leaked passwords name (the word itself, rows of
/// keys, endearments, names, sports, heroes, places, the desk's own trade); no leaked list was copied.
enum CommonWords {
    /// Lower case, three letters or more.
    static let all = Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
    /// The longest of them, bytes.
    static let longest = all.map(\.utf8.count).max() ?? 0

    /// Whether letters are a common word or two of them, forwards or backwards.
    static func make(_ letters: String) -> Bool {
        guard letters.utf8.count <= 2 * longest else { return false }
        return isMade(Array(letters.utf8)) || isMade(letters.utf8.reversed())
    }

    private static func isMade(_ bytes: [UInt8]) -> Bool {
        all.contains(String(decoding: bytes, as: UTF8.self))
            || bytes.indices.dropFirst(3).contains { cut in
                all.contains(String(decoding: bytes[..<cut], as: UTF8.self))
                    && all.contains(String(decoding: bytes[cut...], as: UTF8.self))
            }
    }

    private static let text = """
        password passwort passw passwd passphrase pass pwd secret secrets private public letmein letmeout openup
        opensesame welcome welcomeback changeme change changeit newpassword oldpassword mypassword thepassword
        yourpassword nopassword admin administrator adminadmin root toor superuser user username login logon signin
        guest default system server service support helpdesk operator manager supervisor backup database master
        mastermind test tester testing testtest demo sample example temp temporary trial internet intranet network
        computer laptop desktop keyboard monitor printer windows linux ubuntu debian macintosh android iphone
        samsung google facebook twitter instagram youtube netflix amazon paypal ebay yahoo hotmail gmail outlook
        microsoft apple oracle cisco router access qwerty qwertz azerty qwert qwertyuiop asdf asdfgh asdfghjkl zxcv
        zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc edcrfv qweasd qweasdzxc asdzxc zaqwsx poiuyt lkjhgf mnbvcx abc abcd
        abcde abcdef abcdefg xyz aaa iloveyou iloveu loveyou ilove love lover loveme lovely loveless sweetheart
        sweetie honey darling baby babygirl babyboy angel angels kisses hugs forever always together heart hearts
        family mother father mommy daddy mama papa sister brother grandma grandpa daughter husband wife girlfriend
        boyfriend friend friends friendship bestfriend buddy princess prince queen king kingdom knight castle dragon
        dragons unicorn wizard witch magic magical merlin phoenix griffin monster vampire zombie ghost devil demon
        lucifer satan heaven hell jesus christ jesuschrist godisgood god blessed blessing faith church bible prayer
        believe trust trustnoone trustno hope grace mercy glory peace freedom liberty justice america american usa
        england london paris france germany berlin italy rome spain madrid barcelona portugal lisbon brazil mexico
        canada toronto australia sydney india delhi mumbai china beijing japan tokyo korea seoul russia moscow
        ukraine poland warsaw sweden stockholm norway denmark finland ireland scotland wales newyork brooklyn
        chicago boston texas dallas houston austin florida miami orlando california losangeles hollywood sandiego
        francisco seattle denver vegas lasvegas atlanta detroit monday tuesday wednesday thursday friday saturday
        sunday january february march april may june july august september october november december spring summer
        autumn fall winter season summertime today tomorrow yesterday morning evening night midnight sunrise sunset
        sunshine sunny sunflower moonlight moonshine starlight rainbow thunder lightning storm snow snowman
        snowflake snowball blizzard rain river ocean beach island mountain forest flower flowers rose roses lily
        daisy violet jasmine orchid tulip butterfly ladybug dolphin dolphins whale shark turtle penguin panda tiger
        tigers lion lions lioness panther leopard jaguar cheetah eagle eagles falcon hawk raven robin sparrow parrot
        chicken turkey rooster duck goose swan horse horses mustang stallion pony cowboy cowgirl cow bull buffalo
        monkey monkeys gorilla elephant giraffe zebra kangaroo koala bear bears teddybear polarbear wolf wolves
        werewolf fox rabbit bunny hamster kitten kitty kittycat cat cats puppy doggy dog dogs bulldog snoopy
        garfield scooby mickey mickeymouse minnie donald goofy pluto tweety bugsbunny pokemon pikachu charmander
        naruto sasuke goku dragonball onepiece hellokitty spongebob simpson simpsons homer bart superman batman
        spiderman ironman wonderwoman catwoman joker captain avengers avenger marvel hulk thor loki wolverine
        deadpool xmen starwars starwar skywalker darthvader vader yoda jedi anakin chewbacca startrek spock
        enterprise matrix trinity neo terminator predator alien rocky rambo gandalf frodo bilbo aragorn legolas
        hobbit harry harrypotter potter hermione hogwarts dumbledore voldemort football soccer baseball basketball
        hockey tennis golf golfer rugby cricket volleyball softball swimming skater skating snowboard skateboard
        surfer surfing fishing hunting hunter camping hiking running runner racing racer bicycle motorcycle yamaha
        suzuki kawasaki honda toyota nissan mazda subaru ford chevy chevrolet camaro corvette ferrari porsche
        lamborghini mercedes bmw audi volkswagen jeep truck trucker driver speed turbo nascar lakers celtics bulls
        yankees redsox dodgers giants cowboys steelers packers raiders broncos patriots jets rangers chelsea arsenal
        liverpool manchester united everton juventus realmadrid bayern michael jordan kobe lebron ronaldo messi
        beckham michelle jennifer jessica ashley amanda sarah nicole samantha elizabeth stephanie melissa heather
        rebecca rachel lauren megan emily emma olivia sophia isabella hannah abigail madison victoria natalie amber
        crystal danielle brittany courtney kimberly tiffany vanessa patricia sandra barbara linda susan margaret
        maria anna julia laura andrea angela christine christina katherine catherine karen nancy lisa betty helen
        dorothy ruth sharon carol donna james john robert william david richard joseph thomas charles christopher
        daniel matthew anthony mark steven steve paul andrew joshua kenneth kevin brian george edward ronald timothy
        jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
        gregory frank alexander alexandra alex patrick raymond jack jackson dennis jerry tyler aaron jose carlos
        juan antonio miguel pedro luis jorge roberto fernando chocolate cookie cookies cupcake candy candyman sugar
        sweet sweets cheese cheeseburger burger pizza pasta spaghetti banana bananas orange apples cherry strawberry
        blueberry peach peaches mango pineapple coconut lemon ginger pepper pumpkin potato tomato popcorn peanut
        peanutbutter butter bacon coffee espresso starbucks cocacola pepsi whiskey vodka tequila corona budweiser
        beer wine champagne red blue green yellow purple pink black white silver gold golden diamond diamonds
        emerald ruby sapphire platinum metal metallica nirvana slipknot linkinpark greenday beatles elvis
        elvispresley eminem rihanna beyonce madonna britney shakira justinbieber bieber taylor taylorswift music
        musician guitar guitarist piano drummer rockstar rocknroll hiphop dance dancer dancing singer ballet cheer
        cheerleader happy happiness happyday lucky luckyme smile smiley smiles laugh funny crazy crazygirl crazyboy
        stupid idiot loser winner champion champ hero heroes legend legendary warrior warriors ninja samurai pirate
        pirates soldier marine marines army navy airforce police fireman firefighter doctor nurse nurses nursing
        medical medicine hospital clinic patient patients health healthcare pharmacy surgery surgeon dental dentist
        therapy therapist billing biller coder coders coding codingahead medicalcoding medicalcoder medicalbilling
        medicalbiller codes claims claim audit auditor auditing cpt icd icdcode hcpcs modifier modifiers medicare
        medicaid insurance office officer company business money dollar dollars cash rich millionaire billionaire
        bitcoin crypto wallet bank banking finance credit account accounts student students teacher school college
        university class graduate science physics chemistry biology history english math mathematics library reading
        writer letter letters number numbers one two three four five six seven eight nine ten first second third
        last zero million infinity hello hellothere hellohello helloworld goodbye goodmorning goodnight goodluck
        please thankyou thanks whatever nothing something anything everything nobody somebody anybody everybody
        whocares dontknow idontknow idk forget forgot remember passcode pincode security secure secured safety
        fuckyou fuckoff fuckme fuck fucker shit bullshit bitch asshole dick pussy sexy sexygirl sexybitch sex porn
        naked playboy hotgirl hottie gangster gangsta thuglife killer killers murder death dead blood bloody skull
        shadow shadows darkness darkangel dark light fire firefly fireball flame ice iceman icecream water earth
        world universe galaxy planet moon star stars space rocket apollo nasa gamer gaming games player playstation
        nintendo xbox minecraft fortnite roblox callofduty counterstrike warcraft starcraft diablo zelda mario luigi
        sonic tetris pacman halo doom quake portal steam cool coolguy coolgirl awesome amazing perfect beautiful
        pretty gorgeous cute cutie precious special super superstar power powerful strong stronger maximum maximus
        ultimate ultra mega hyper alpha omega delta sigma gamma beta bravo charlie foxtrot tango zulu victor oscar
        romeo juliet sierra qwe asd zxc poi lkj mnb
        """
}
