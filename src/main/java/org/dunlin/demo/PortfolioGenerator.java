package org.dunlin.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.dunlin.demo.DemoPortfolio.Allocation;
import org.dunlin.demo.DemoPortfolio.CreditNote;
import org.dunlin.demo.DemoPortfolio.Creditor;
import org.dunlin.demo.DemoPortfolio.Customer;
import org.dunlin.demo.DemoPortfolio.Invoice;
import org.dunlin.demo.DemoPortfolio.Payment;
import org.dunlin.demo.DemoPortfolio.Person;
import org.jspecify.annotations.Nullable;

/** Makes up a portfolio. The same seed and day always give the same one; no customer, person or address in it is real. */
final class PortfolioGenerator {

    static final int CUSTOMERS = 150;
    static final int INVOICES = 1_500;

    private static final int DAYS_BACK = 730;
    private static final int DAYS_AHEAD = 365;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private enum Size {
        SMALL(3, 19, 6, 420),
        MEDIUM(20, 50, 10, 2_200),
        LARGE(60, 400, 16, 9_500);

        private final int fewest;
        private final int most;
        private final int orders;
        private final int typicalNet;

        Size(int fewest, int most, int orders, int typicalNet) {
            this.fewest = fewest;
            this.most = most;
            this.orders = orders;
            this.typicalNet = typicalNet;
        }
    }

    /** How many companies of each size pay in which way: small, medium, large. */
    private static final Map<Habit, int[]> COMPANIES = companies();

    /** Consumers, by the way they pay. */
    private static final Map<Habit, Integer> CONSUMERS =
            new TreeMap<>(Map.of(Habit.PROMPT, 4, Habit.FORGETFUL, 1, Habit.SLOW, 2, Habit.BAD, 1));

    private static final Map<String, Integer> COMPANIES_BY_REGION = new TreeMap<>(
            Map.of("nl", 76, "vlaanderen", 30, "wallonie", 20, "luxembourg", 7, "luxemburg", 3, "international", 6));

    private static final List<String> SECTORS = List.of(
            "wholesale",
            "retail",
            "construction",
            "construction",
            "hospitality",
            "food",
            "transport",
            "healthcare",
            "manufacturing",
            "services",
            "services");

    /** Where companies of more than fifty are usual. */
    private static final List<String> SECTORS_OF_LARGE =
            List.of("wholesale", "construction", "transport", "manufacturing", "manufacturing", "services");

    private final Names names = Names.load();
    private final Random random;
    private final LocalDate today;
    private final Set<String> takenNames = new HashSet<>();

    private PortfolioGenerator(long seed, LocalDate today) {
        this.random = new Random(seed);
        this.today = today;
    }

    static DemoPortfolio generate(long seed, LocalDate today) {
        return new PortfolioGenerator(seed, today).generate();
    }

    /** A customer in the making. */
    private record Plan(Habit habit, @Nullable Size size, String region, String sector) {}

    /** An invoice in the making: it gets its number when all are sorted by date. */
    private record Draft(
            int customer, String creditor, LocalDate issued, LocalDate due, BigDecimal gross, double progress) {}

    private DemoPortfolio generate() {
        List<Plan> plans = plans();
        int[] orders = orders(plans);
        List<Customer> customers = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            List<Draft> ofCustomer = drafts(i, plans.get(i), orders[i]);
            customers.add(customer(i, plans.get(i), ofCustomer));
            drafts.addAll(ofCustomer);
        }
        return book(plans, customers, drafts);
    }

    // --- Who they are
    // ---------------------------------------------------------------------------------------------------

    private List<Plan> plans() {
        List<String> regions = new ArrayList<>();
        COMPANIES_BY_REGION.forEach((region, count) -> regions.addAll(Collections.nCopies(count, region)));
        Collections.shuffle(regions, random);
        List<Plan> plans = new ArrayList<>();
        COMPANIES.forEach((habit, bySize) -> {
            for (Size size : Size.values()) {
                for (int i = 0; i < bySize[size.ordinal()]; i++) {
                    String region = regions.remove(regions.size() - 1);
                    // Public bodies pay late, but they pay.
                    boolean government = size == Size.LARGE && habit == Habit.SLOW && i < 4;
                    plans.add(new Plan(
                            habit,
                            size,
                            region,
                            government ? "government" : pick(size == Size.LARGE ? SECTORS_OF_LARGE : SECTORS)));
                }
            }
        });
        List<String> homes = List.of("nl", "nl", "nl", "nl", "nl", "vlaanderen", "vlaanderen", "wallonie");
        int[] next = {0};
        CONSUMERS.forEach((habit, count) -> {
            for (int i = 0; i < count; i++) {
                plans.add(new Plan(habit, null, homes.get(next[0]++), ""));
            }
        });
        Collections.shuffle(plans, random);
        return plans;
    }

    /** Invoices per customer up to today: in proportion to size, and as many as wanted in total. */
    private int[] orders(List<Plan> plans) {
        int[] orders = new int[plans.size()];
        double[] weights = new double[plans.size()];
        double weight = 0;
        int left = INVOICES;
        for (int i = 0; i < orders.length; i++) {
            Plan plan = plans.get(i);
            if (plan.habit() == Habit.NEW) {
                orders[i] = 1 + random.nextInt(3);
                left -= orders[i];
            } else {
                weights[i] = (plan.size() == null ? 4 : plan.size().orders) * (0.7 + 0.6 * random.nextDouble());
                weight += weights[i];
            }
        }
        double carry = 0;
        for (int i = 0; i < orders.length; i++) {
            if (weights[i] > 0) {
                carry += weights[i] / weight * left;
                orders[i] = (int) Math.round(carry);
                carry -= orders[i];
            }
        }
        return orders;
    }

    private Customer customer(int index, Plan plan, List<Draft> invoices) {
        Names.Region region = Objects.requireNonNull(names.regions().get(plan.region()));
        Names.Place place = pick(region.places());
        String number = "D" + (10_001 + index);
        String street = region.country().equals("LU")
                ? (1 + random.nextInt(90)) + ", " + pick(region.streets())
                : pick(region.streets()) + " " + (1 + random.nextInt(180));
        String phone = phone(region, place, index);
        Size size = plan.size();
        if (size == null) {
            Person self = person(region, null, null, phone);
            String mailbox = mailbox(self.name(), "post.example");
            return new Customer(
                    number,
                    false,
                    self.name(),
                    null,
                    street,
                    place.postalCode(),
                    place.city(),
                    region.country(),
                    region.language(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    "EUR",
                    List.of(new Person(self.name(), null, mailbox, phone)));
        }
        boolean government = plan.sector().equals("government");
        String name = companyName(region, place, plan.sector(), size);
        String domain =
                Names.plain(name.replaceAll(" (VOF|BV|NV|CommV|SRL|SNC|SA|S\\.à r\\.l\\.|S\\.A\\.|Europe BV)$", ""))
                        + ".example";
        // A few customers are known by post only.
        boolean noMail = plan.habit() == Habit.BAD && size == Size.SMALL && index % 3 == 0;
        List<Person> persons = new ArrayList<>();
        persons.add(person(region, pick(region.roles()), noMail ? null : domain, phone));
        if (size == Size.LARGE) {
            persons.add(person(region, pick(region.roles()), domain, null));
        }
        return new Customer(
                number,
                true,
                name,
                government ? null : vatNumber(region.country(), index),
                street,
                place.postalCode(),
                place.city(),
                region.country(),
                region.language(),
                plan.sector(),
                employees(size),
                size == Size.SMALL ? null : "sales",
                rating(plan.habit()),
                creditLimit(plan.habit(), invoices),
                currency(plan.region(), index),
                persons);
    }

    /** Few are as large as their class allows. */
    private int employees(Size size) {
        double share = random.nextDouble();
        return size.fewest + (int) (share * share * (size.most - size.fewest + 1));
    }

    private String companyName(Names.Region region, Names.Place place, String sector, Size size) {
        List<String> patterns = Objects.requireNonNull(region.trades().get(sector));
        while (true) {
            String name = pick(patterns).replace("{f}", pick(region.families())).replace("{p}", place.city());
            if (sector.equals("government")) {
                if (takenNames.add(name) || patterns.size() == 1) {
                    return name;
                }
            } else if (takenNames.add(name)) {
                return name + " "
                        + pick(
                                size == Size.SMALL
                                        ? region.legalForms().small()
                                        : region.legalForms().other());
            }
        }
    }

    private Person person(Names.Region region, @Nullable String role, @Nullable String domain, @Nullable String phone) {
        String first = pick(random.nextBoolean() ? region.women() : region.men());
        String family = pick(region.families());
        if (region.country().equals("NL")) {
            family = family.replaceFirst("^De ", "de ")
                    .replaceFirst("^Van der ", "van der ")
                    .replaceFirst("^Van ", "van ");
        }
        String name = first + " " + family;
        return new Person(name, role, domain == null ? null : mailbox(name, domain), phone);
    }

    private static String mailbox(String name, String domain) {
        int space = name.indexOf(' ');
        return Names.plain(name.substring(0, space)) + "." + Names.plain(name.substring(space)) + "@" + domain;
    }

    /** Subscriber numbers that begin with 0 are given to nobody. */
    private static String phone(Names.Region region, Names.Place place, int index) {
        return switch (region.country()) {
            case "NL" -> "+31%s0%06d".formatted(place.area(), 120_000 + index * 37);
            case "BE" -> "+32%s0%05d".formatted(place.area(), 21_000 + index * 37);
            default -> "+352%s%04d".formatted(place.area(), 100 + index * 3);
        };
    }

    /** With right check digits, out of ranges that are not in use. */
    private static @Nullable String vatNumber(String country, int index) {
        switch (country) {
            case "NL" -> {
                for (int candidate = 89_990_000 + index * 10; ; candidate++) {
                    String digits = Integer.toString(candidate);
                    int sum = 0;
                    for (int i = 0; i < 8; i++) {
                        sum += (digits.charAt(i) - '0') * (9 - i);
                    }
                    if (sum % 11 < 10) {
                        return "NL" + digits + sum % 11 + "B01";
                    }
                }
            }
            case "BE" -> {
                int digits = 9_990_000 + index;
                return "BE0%07d%02d".formatted(digits, 97 - digits % 97);
            }
            case "LU" -> {
                int digits = 990_000 + index;
                return "LU%06d%02d".formatted(digits, digits % 89);
            }
            default -> {
                return null;
            }
        }
    }

    private @Nullable Integer rating(Habit habit) {
        int[] range =
                switch (habit) {
                    case PROMPT, FORGETFUL -> new int[] {66, 95};
                    case SLIGHTLY_LATE, MONTHLY, IMPROVING -> new int[] {52, 82};
                    case SLOW, SEASONAL, WORSENING -> new int[] {36, 64};
                    case BAD -> new int[] {8, 34};
                    case NEW -> new int[] {35, 75};
                };
        int rating = range[0] + random.nextInt(range[1] - range[0] + 1);
        return random.nextInt(100) < 15 ? null : rating;
    }

    /** Some two months' turnover, less where there is little trust; none is set for every fourth customer. */
    private @Nullable BigDecimal creditLimit(Habit habit, List<Draft> invoices) {
        double factor = habit == Habit.BAD ? 0.8 : 1.3 + random.nextDouble();
        if (random.nextInt(4) == 0) {
            return null;
        }
        BigDecimal perYear = invoices.stream()
                .filter(draft -> draft.issued().isAfter(today.minusYears(1))
                        && !draft.issued().isAfter(today))
                .map(Draft::gross)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal fiveHundred = BigDecimal.valueOf(500);
        return perYear.multiply(BigDecimal.valueOf(factor / 4))
                .divide(fiveHundred, 0, RoundingMode.UP)
                .max(BigDecimal.ONE)
                .multiply(fiveHundred);
    }

    private static String currency(String region, int index) {
        return region.equals("international") ? (index % 2 == 0 ? "GBP" : "USD") : "EUR";
    }

    // --- What they buy
    // --------------------------------------------------------------------------------------------------

    private List<Draft> drafts(int customer, Plan plan, int orders) {
        LocalDate from = plan.habit() == Habit.NEW ? today.minusDays(75) : today.minusDays(DAYS_BACK - 1);
        int term = term(plan);
        // Large customers in the Netherlands buy from the Belgian house, too.
        String home = home(plan.region());
        boolean second = plan.size() == Size.LARGE && plan.region().equals("nl") && customer % 5 == 0;
        double typical = typicalNet(plan) * (0.6 + 0.9 * random.nextDouble());

        List<LocalDate> days = new ArrayList<>(spread(plan.habit(), from, today, orders));
        if (plan.habit() == Habit.FORGETFUL) {
            days.set(days.size() - 1, weekday(today.minusDays(term + 4L + random.nextInt(20))));
            Collections.sort(days);
        }
        int ahead = plan.habit() == Habit.NEW ? 6 : Math.max(1, orders * DAYS_AHEAD / DAYS_BACK);
        days.addAll(spread(plan.habit(), today.plusDays(1), today.plusDays(DAYS_AHEAD), ahead));

        List<Draft> drafts = new ArrayList<>();
        for (LocalDate day : days) {
            double progress = (double) (day.toEpochDay() - from.toEpochDay()) / DAYS_BACK;
            BigDecimal net = BigDecimal.valueOf(typical * Math.exp(random.nextGaussian() * 0.55));
            BigDecimal gross = net.max(BigDecimal.valueOf(25))
                    .multiply(new BigDecimal("1.21"))
                    .setScale(2, RoundingMode.HALF_UP);
            String creditor = second && random.nextInt(3) == 0 ? "LBE" : home;
            drafts.add(new Draft(customer, creditor, day, day.plusDays(term), gross, progress));
        }
        return drafts;
    }

    private int term(Plan plan) {
        if (plan.size() == null) {
            return 14;
        }
        if (plan.size() == Size.LARGE && random.nextInt(4) == 0) {
            return 60;
        }
        return random.nextInt(8) == 0 ? 14 : 30;
    }

    private static double typicalNet(Plan plan) {
        return plan.size() == null ? 150 : plan.size().typicalNet;
    }

    private static String home(String region) {
        return switch (region) {
            case "nl", "international" -> "LNL";
            case "vlaanderen" -> "LBE";
            default -> "LWA";
        };
    }

    /** So many weekdays, spread over the time, some days more and some days less apart. */
    private List<LocalDate> spread(Habit habit, LocalDate from, LocalDate to, int count) {
        List<LocalDate> candidates = from.datesUntil(to.plusDays(1))
                .filter(day -> !weekend(day) && habit.buysIn(day))
                .toList();
        List<LocalDate> days = new ArrayList<>();
        for (int i = 0; i < count && !candidates.isEmpty(); i++) {
            days.add(candidates.get((int) ((i + random.nextDouble()) / count * candidates.size())));
        }
        return days;
    }

    // --- What is booked
    // -------------------------------------------------------------------------------------------------

    private DemoPortfolio book(List<Plan> plans, List<Customer> customers, List<Draft> drafts) {
        drafts.sort(Comparator.comparing(Draft::issued).thenComparingInt(Draft::customer));
        Map<String, Integer> numbers = new HashMap<>();
        List<Invoice> invoices = new ArrayList<>();
        List<CreditNote> creditNotes = new ArrayList<>();
        Map<PaymentKey, List<Allocation>> paid = new TreeMap<>();
        Map<Integer, Integer> forgotten = forgotten(plans, drafts);
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            Plan plan = plans.get(draft.customer());
            Customer customer = customers.get(draft.customer());
            String number = number(draft.creditor(), draft.issued(), numbers);

            BigDecimal due = draft.gross();
            if (random.nextInt(100) < 2 && plan.habit() != Habit.FORGETFUL) {
                BigDecimal credit = part(draft.gross(), 5 + random.nextInt(20));
                LocalDate on = weekday(draft.issued().plusDays(4 + random.nextInt(6)));
                creditNotes.add(new CreditNote(
                        draft.creditor(),
                        customer.number(),
                        number.replace("-", "-C"),
                        on,
                        customer.currency(),
                        credit,
                        number));
                due = due.subtract(credit);
            }

            boolean recent = draft.due().isAfter(today.minusDays(160));
            List<Habit.Instalment> instalments = Objects.equals(forgotten.get(draft.customer()), i)
                    ? List.of(new Habit.Instalment(100, today.plusDays(5L + random.nextInt(9))))
                    : plan.habit().pays(draft.due(), draft.progress(), recent, random);
            boolean open = instalments.isEmpty()
                    || instalments.get(instalments.size() - 1).on().isAfter(today);
            boolean disputed = quarrelsome(plan, draft.customer()) && random.nextInt(100) < (open ? 60 : 18);
            BigDecimal left = due;
            for (Habit.Instalment instalment : instalments) {
                boolean last = instalment == instalments.get(instalments.size() - 1);
                BigDecimal amount = last ? left : part(due, instalment.percent());
                left = left.subtract(amount);
                paid.computeIfAbsent(
                                new PaymentKey(nextWeekday(instalment.on()), draft.creditor(), draft.customer()),
                                key -> new ArrayList<>())
                        .add(new Allocation(number, amount));
            }
            invoices.add(new Invoice(
                    draft.creditor(),
                    customer.number(),
                    number,
                    draft.issued(),
                    draft.due(),
                    customer.currency(),
                    draft.gross(),
                    disputed,
                    pick(Objects.requireNonNull(names.goods().get(customer.language())))));
        }
        return new DemoPortfolio(today, CREDITORS, customers, invoices, creditNotes, payments(customers, paid));
    }

    /** Whoever pays on a day pays everything at once. */
    private record PaymentKey(LocalDate on, String creditor, int customer) implements Comparable<PaymentKey> {

        private static final Comparator<PaymentKey> ORDER = Comparator.comparing(PaymentKey::on)
                .thenComparing(PaymentKey::creditor)
                .thenComparingInt(PaymentKey::customer);

        @Override
        public int compareTo(PaymentKey other) {
            return ORDER.compare(this, other);
        }
    }

    private List<Payment> payments(List<Customer> customers, Map<PaymentKey, List<Allocation>> paid) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Payment> payments = new ArrayList<>();
        paid.forEach((key, allocations) -> {
            Customer customer = customers.get(key.customer());
            BigDecimal amount = allocations.stream().map(Allocation::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            // Now and then somebody pays too much.
            if (random.nextInt(120) == 0) {
                amount = amount.add(BigDecimal.valueOf(10L + random.nextInt(90)));
            }
            String remittance = String.join(
                    " ", allocations.stream().map(Allocation::invoice).toList());
            payments.add(new Payment(
                    key.creditor(),
                    customer.number(),
                    number(key.creditor() + "-" + key.on(), numbers),
                    key.on(),
                    customer.currency(),
                    amount,
                    remittance,
                    List.copyOf(allocations)));
        });
        return payments;
    }

    /** The last invoice before today of each customer who forgot one: that one is overdue. */
    private Map<Integer, Integer> forgotten(List<Plan> plans, List<Draft> drafts) {
        Map<Integer, Integer> forgotten = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            if (plans.get(draft.customer()).habit() == Habit.FORGETFUL
                    && draft.due().isBefore(today.minusDays(2))) {
                forgotten.put(draft.customer(), i);
            }
        }
        return forgotten;
    }

    /** Few customers contest invoices, but those who do, do it often. */
    private static boolean quarrelsome(Plan plan, int customer) {
        return customer % 5 == 0
                && (plan.habit() == Habit.SLOW || plan.habit() == Habit.SLIGHTLY_LATE || plan.habit() == Habit.BAD);
    }

    private static String number(String creditor, LocalDate day, Map<String, Integer> numbers) {
        int next = numbers.merge(creditor + day.getYear(), 1, Integer::sum);
        return "%s%d-%04d".formatted(creditor.substring(1, 2), day.getYear() % 100, next);
    }

    private static String number(String statement, Map<String, Integer> numbers) {
        return "%s-%02d".formatted(statement, numbers.merge(statement, 1, Integer::sum));
    }

    private static BigDecimal part(BigDecimal amount, int percent) {
        return amount.multiply(BigDecimal.valueOf(percent)).divide(HUNDRED, 2, RoundingMode.HALF_UP);
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static LocalDate weekday(LocalDate day) {
        return weekend(day) ? weekday(day.minusDays(1)) : day;
    }

    private static LocalDate nextWeekday(LocalDate day) {
        return weekend(day) ? nextWeekday(day.plusDays(1)) : day;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Map<Habit, int[]> companies() {
        Map<Habit, int[]> companies = new LinkedHashMap<>();
        companies.put(Habit.PROMPT, new int[] {13, 9, 7});
        companies.put(Habit.FORGETFUL, new int[] {4, 4, 6});
        companies.put(Habit.SLIGHTLY_LATE, new int[] {9, 9, 6});
        companies.put(Habit.MONTHLY, new int[] {3, 4, 3});
        companies.put(Habit.SLOW, new int[] {8, 7, 7});
        companies.put(Habit.BAD, new int[] {6, 5, 5});
        companies.put(Habit.WORSENING, new int[] {2, 2, 2});
        companies.put(Habit.IMPROVING, new int[] {2, 2, 2});
        companies.put(Habit.NEW, new int[] {5, 4, 1});
        companies.put(Habit.SEASONAL, new int[] {3, 2, 0});
        return companies;
    }

    private static final List<Creditor> CREDITORS = List.of(
            new Creditor(
                    "LNL",
                    "Lindehof Supplies BV",
                    "Vaartweg 118",
                    "3526 KL",
                    "Utrecht",
                    "NL",
                    "nl",
                    "Europe/Amsterdam",
                    "NL91ABNA0417164300",
                    "ABNANL2A",
                    "NL899800014B01",
                    "Lindehof Debiteurenbeheer",
                    "debiteuren@lindehof.example",
                    "+31300110000"),
            new Creditor(
                    "LBE",
                    "Lindehof België NV",
                    "Zandvaartstraat 45",
                    "2800",
                    "Mechelen",
                    "BE",
                    "nl",
                    "Europe/Brussels",
                    "BE71096123456769",
                    "GKCCBEBB",
                    "BE0999000129",
                    "Lindehof Debiteurenbeheer",
                    "debiteuren@lindehof-belgie.example",
                    "+32150110000"),
            new Creditor(
                    "LWA",
                    "Lindehof Wallonie SRL",
                    "Rue des Bateliers 7",
                    "5000",
                    "Namur",
                    "BE",
                    "fr",
                    "Europe/Brussels",
                    "BE68539007547034",
                    null,
                    "BE0999000228",
                    "Lindehof Comptabilité clients",
                    "clients@lindehof-wallonie.example",
                    "+32810110000"));
}
