package org.dunlin.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.dunlin.demo.CustomerPlan.Size;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentRow;

/** Makes up a portfolio. The same seed and day always give the same one; no customer, person or address in it is real. */
final class PortfolioGenerator {

    /** Invoices up to the portfolio's day. */
    static final int INVOICES = 1_500;

    private static final String SOURCE = "bank";
    private static final int DAYS_BACK = 730;
    private static final int DAYS_AHEAD = 365;

    /** The prelude is over when somebody looks at the demo for the first time. */
    private static final long FIRST_LOOK = Prelude.LENGTH.toDays();

    /** Enough for two working days after a due date to pass, whatever weekends and holidays come between. */
    private static final int UNTIL_CALLED = 8;

    private static final BigDecimal WITH_VAT = new BigDecimal("1.21");

    /** How many companies pay in which way: small, medium, large. */
    private static final Map<Habit, int[]> COMPANIES = new EnumMap<>(Map.ofEntries(
            Map.entry(Habit.PROMPT, new int[] {13, 9, 4}),
            Map.entry(Habit.FORGETFUL, new int[] {4, 4, 6}),
            Map.entry(Habit.MISLAYING, new int[] {0, 0, 3}),
            Map.entry(Habit.SLIGHTLY_LATE, new int[] {9, 9, 6}),
            Map.entry(Habit.MONTHLY, new int[] {3, 4, 3}),
            Map.entry(Habit.SLOW, new int[] {8, 7, 3}),
            Map.entry(Habit.BAD, new int[] {6, 5, 5}),
            Map.entry(Habit.WORSENING, new int[] {2, 2, 2}),
            Map.entry(Habit.IMPROVING, new int[] {2, 2, 2}),
            Map.entry(Habit.NEW, new int[] {5, 4, 1}),
            Map.entry(Habit.SEASONAL, new int[] {3, 2, 0})));

    private static final Map<String, Integer> COMPANIES_BY_REGION = new TreeMap<>(
            Map.of("nl", 76, "vlaanderen", 30, "wallonie", 20, "luxembourg", 7, "luxemburg", 3, "international", 6));

    private static final List<Habit> CONSUMERS = List.of(
            Habit.PROMPT,
            Habit.WAITING,
            Habit.PROMPT,
            Habit.FORGETFUL,
            Habit.BAD,
            Habit.PROMPT,
            Habit.WAITING,
            Habit.WAITING);

    private static final List<String> HOMES_OF_CONSUMERS =
            List.of("nl", "nl", "nl", "nl", "nl", "vlaanderen", "vlaanderen", "wallonie");

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

    /** Public bodies, all of them large, pay late, but they pay. */
    private static final List<String> GOVERNMENT_REGIONS = List.of("nl", "nl", "vlaanderen", "wallonie");

    private final Names names = Names.load();
    private final Random random;
    private final LocalDate today;

    private PortfolioGenerator(long seed, LocalDate today) {
        this.random = new Random(seed);
        this.today = today;
    }

    static DemoPortfolio generate(long seed, LocalDate today) {
        return new PortfolioGenerator(seed, today).generate();
    }

    /** An invoice before it has a number: numbers follow the date of issue. */
    private record Draft(
            CustomerPlan plan, String creditor, LocalDate issued, LocalDate due, BigDecimal gross, double progress) {}

    private DemoPortfolio generate() {
        List<CustomerPlan> plans = plans();
        int[] orders = orders(plans);
        CustomerMaker maker = new CustomerMaker(names, random);
        List<CustomerRow> customers = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (CustomerPlan plan : plans) {
            List<Draft> own = drafts(plan, orders[plan.index()]);
            customers.add(maker.customer(plan, turnover(own)));
            drafts.addAll(own);
        }
        drafts.sort(Comparator.comparing(Draft::issued)
                .thenComparingInt(draft -> draft.plan().index()));
        return book(customers, drafts);
    }

    private List<CustomerPlan> plans() {
        List<String> regions = new ArrayList<>();
        COMPANIES_BY_REGION.forEach((region, count) -> regions.addAll(Collections.nCopies(count, region)));
        Collections.shuffle(regions, random);
        List<CustomerPlan> unnumbered = new ArrayList<>();
        for (String region : GOVERNMENT_REGIONS) {
            regions.remove(region);
            unnumbered.add(new CustomerPlan(0, Habit.WAITING, Size.LARGE, region, "government"));
        }
        COMPANIES.forEach((habit, bySize) -> {
            for (Size size : Size.values()) {
                for (int i = 0; i < bySize[size.ordinal()]; i++) {
                    String sector = pick(size == Size.LARGE ? SECTORS_OF_LARGE : SECTORS);
                    unnumbered.add(new CustomerPlan(0, habit, size, regions.remove(regions.size() - 1), sector));
                }
            }
        });
        for (int i = 0; i < CONSUMERS.size(); i++) {
            unnumbered.add(new CustomerPlan(0, CONSUMERS.get(i), null, HOMES_OF_CONSUMERS.get(i), null));
        }
        Collections.shuffle(unnumbered, random);
        List<CustomerPlan> plans = new ArrayList<>();
        for (CustomerPlan plan : unnumbered) {
            plans.add(new CustomerPlan(plans.size(), plan.habit(), plan.size(), plan.region(), plan.sector()));
        }
        return plans;
    }

    /** Invoices per customer up to today: more for those who order more, and as many as wanted in total. */
    private int[] orders(List<CustomerPlan> plans) {
        int[] orders = new int[plans.size()];
        double[] weights = new double[plans.size()];
        double total = 0;
        int left = INVOICES;
        for (CustomerPlan plan : plans) {
            int i = plan.index();
            if (plan.habit() == Habit.NEW) {
                orders[i] = 1 + random.nextInt(3);
                left -= orders[i];
            } else {
                weights[i] = plan.orders() * (0.7 + 0.6 * random.nextDouble());
                total += weights[i];
            }
        }
        double share = 0;
        int given = 0;
        for (int i = 0; i < orders.length; i++) {
            if (weights[i] > 0) {
                share += weights[i];
                orders[i] = (int) Math.round(share / total * left) - given;
                given += orders[i];
            }
        }
        return orders;
    }

    private List<Draft> drafts(CustomerPlan plan, int orders) {
        LocalDate from = plan.habit() == Habit.NEW ? today.minusDays(75) : today.minusDays(DAYS_BACK - 1);
        int term = term(plan);
        List<LocalDate> days = new ArrayList<>(spread(plan.habit(), from, today, orders));
        if (plan.habit().letsOneSlip()) {
            int earlier = 1 + random.nextInt(plan.habit() == Habit.MISLAYING ? 7 : 20);
            days.set(
                    days.size() - 1,
                    weekdayBefore(lastDueOfSlipped(plan.habit()).minusDays(term + earlier)));
            Collections.sort(days);
        }
        int ahead = plan.habit() == Habit.NEW ? 6 : Math.max(1, orders * DAYS_AHEAD / DAYS_BACK);
        days.addAll(spread(plan.habit(), today.plusDays(1), today.plusDays(DAYS_AHEAD), ahead));

        double typical = plan.typicalNet() * (0.6 + 0.9 * random.nextDouble());
        return days.stream()
                .map(day -> new Draft(
                        plan,
                        creditor(plan),
                        day,
                        day.plusDays(term),
                        amount(typical),
                        (double) (day.toEpochDay() - from.toEpochDay()) / DAYS_BACK))
                .toList();
    }

    private int term(CustomerPlan plan) {
        if (plan.size() == null) {
            return 14;
        }
        if (plan.size() == Size.LARGE && random.nextInt(4) == 0) {
            return 60;
        }
        return random.nextInt(8) == 0 ? 14 : 30;
    }

    /** Most buy from the house of their country; some large Dutch customers from the Belgian one, too. */
    private String creditor(CustomerPlan plan) {
        return switch (plan.region()) {
            case "nl" -> plan.size() == Size.LARGE && plan.index() % 5 == 0 && random.nextInt(3) == 0 ? "LBE" : "LNL";
            case "international" -> "LNL";
            case "vlaanderen" -> "LBE";
            default -> "LWA";
        };
    }

    /** Most invoices are near what is typical, a few far above. */
    private BigDecimal amount(double typicalNet) {
        double net = Math.max(25, typicalNet * Math.exp(random.nextGaussian() * 0.55));
        return BigDecimal.valueOf(net).multiply(WITH_VAT).setScale(2, RoundingMode.HALF_UP);
    }

    /** So many weekdays, spread over the time, now more and now less apart. */
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

    private BigDecimal turnover(List<Draft> drafts) {
        return drafts.stream()
                .filter(draft -> draft.issued().isAfter(today.minusYears(1))
                        && !draft.issued().isAfter(today))
                .map(Draft::gross)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private DemoPortfolio book(List<CustomerRow> customers, List<Draft> drafts) {
        Map<String, Integer> numbers = new HashMap<>();
        List<InvoiceRow> invoices = new ArrayList<>();
        List<CreditNoteRow> creditNotes = new ArrayList<>();
        Map<Transfer, Map<String, BigDecimal>> transfers = new TreeMap<>();
        Map<CustomerPlan, Draft> slipped = slipped(drafts);
        for (Draft draft : drafts) {
            CustomerPlan plan = draft.plan();
            CustomerKey customer = CustomerKey.of(plan.number());
            String number = invoiceNumber(draft, numbers);

            BigDecimal due = draft.gross();
            if (random.nextInt(100) < 2 && !plan.habit().letsOneSlip()) {
                BigDecimal credit = percent(5 + random.nextInt(20), due);
                LocalDate on = weekdayBefore(draft.issued().plusDays(4 + random.nextInt(6)));
                creditNotes.add(new CreditNoteRow(
                        draft.creditor(),
                        customer,
                        number.replace("-", "-C"),
                        on,
                        Money.of(credit, plan.currency()),
                        number));
                due = due.subtract(credit);
            }

            List<Habit.Instalment> instalments = draft == slipped.get(plan)
                    ? List.of(new Habit.Instalment(100, foundAgain(plan.habit())))
                    : plan.habit()
                            .pays(draft.due(), draft.progress(), draft.due().isAfter(today.minusDays(160)), random);
            boolean settled = !instalments.isEmpty()
                    && !instalments.get(instalments.size() - 1).on().isAfter(today);
            BigDecimal left = due;
            for (Habit.Instalment instalment : instalments) {
                boolean last = instalment == instalments.get(instalments.size() - 1);
                BigDecimal amount = last ? left : percent(instalment.percent(), due);
                left = left.subtract(amount);
                Transfer transfer = new Transfer(weekdayAfter(instalment.on()), draft.creditor(), plan);
                transfers
                        .computeIfAbsent(transfer, key -> new LinkedHashMap<>())
                        .merge(number, amount, BigDecimal::add);
            }
            invoices.add(new InvoiceRow(
                    draft.creditor(),
                    customer,
                    number,
                    draft.issued(),
                    draft.due(),
                    Money.of(draft.gross(), plan.currency()),
                    dispute(plan, settled),
                    goods(plan)));
        }
        return new DemoPortfolio(today, names.creditors(), customers, invoices, creditNotes, payments(transfers));
    }

    private Dispute dispute(CustomerPlan plan, boolean settled) {
        if (!plan.quarrelsome() || random.nextInt(100) >= (settled ? 18 : 60)) {
            return Dispute.NONE;
        }
        return settled ? Dispute.RESOLVED : Dispute.OPEN;
    }

    private String goods(CustomerPlan plan) {
        String language =
                Objects.requireNonNull(names.regions().get(plan.region())).language();
        return pick(Objects.requireNonNull(names.goods().get(language)));
    }

    /** Whoever pays on a day pays everything at once. */
    private record Transfer(LocalDate on, String creditor, CustomerPlan plan) implements Comparable<Transfer> {

        private static final Comparator<Transfer> ORDER = Comparator.comparing(Transfer::on)
                .thenComparing(Transfer::creditor)
                .thenComparingInt(transfer -> transfer.plan().index());

        @Override
        public int compareTo(Transfer other) {
            return ORDER.compare(this, other);
        }
    }

    private List<PaymentRow> payments(Map<Transfer, Map<String, BigDecimal>> transfers) {
        Map<String, Integer> numbers = new HashMap<>();
        List<PaymentRow> payments = new ArrayList<>();
        transfers.forEach((transfer, invoices) -> {
            BigDecimal amount = invoices.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            // Now and then somebody pays too much.
            if (random.nextInt(120) == 0) {
                amount = amount.add(BigDecimal.valueOf(10L + random.nextInt(90)));
            }
            String statement = transfer.creditor() + "-" + transfer.on();
            payments.add(new PaymentRow(
                    transfer.creditor(),
                    CustomerKey.of(transfer.plan().number()),
                    SOURCE,
                    "%s-%02d".formatted(statement, numbers.merge(statement, 1, Integer::sum)),
                    transfer.on(),
                    Money.of(amount, transfer.plan().currency()),
                    null,
                    String.join(" ", invoices.keySet()),
                    invoices.entrySet().stream()
                            .map(part -> new PaymentRow.Part(part.getKey(), part.getValue()))
                            .toList()));
        });
        return payments;
    }

    /** The one invoice that each customer of such a habit leaves lying. */
    private Map<CustomerPlan, Draft> slipped(List<Draft> drafts) {
        Map<CustomerPlan, Draft> slipped = new HashMap<>();
        drafts.stream()
                .filter(draft -> draft.plan().habit().letsOneSlip()
                        && !draft.due().isAfter(lastDueOfSlipped(draft.plan().habit())))
                .forEach(draft -> slipped.put(draft.plan(), draft));
        return slipped;
    }

    /**
     * A forgotten invoice, and one that waits for something, is overdue from the first day. A mislaid one is not yet long overdue when somebody first looks at the
     * demo, but long enough that a call is waiting.
     */
    private LocalDate lastDueOfSlipped(Habit habit) {
        return habit == Habit.MISLAYING ? today.plusDays(FIRST_LOOK - UNTIL_CALLED) : today.minusDays(3);
    }

    /** Who forgot remembers during the prelude, after a reminder; what is stuck with somebody takes longer than that. */
    private LocalDate foundAgain(Habit habit) {
        return habit == Habit.FORGETFUL
                ? today.plusDays(5L + random.nextInt(9))
                : today.plusDays(FIRST_LOOK + 10 + random.nextInt(15));
    }

    private static String invoiceNumber(Draft draft, Map<String, Integer> numbers) {
        String series = draft.creditor().substring(1, 2) + draft.issued().getYear() % 100;
        return "%s-%04d".formatted(series, numbers.merge(series, 1, Integer::sum));
    }

    private static BigDecimal percent(int percent, BigDecimal of) {
        return of.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_UP);
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static LocalDate weekdayBefore(LocalDate day) {
        return weekend(day) ? weekdayBefore(day.minusDays(1)) : day;
    }

    private static LocalDate weekdayAfter(LocalDate day) {
        return weekend(day) ? weekdayAfter(day.plusDays(1)) : day;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
