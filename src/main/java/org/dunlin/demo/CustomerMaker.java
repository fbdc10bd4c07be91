package org.dunlin.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.dunlin.demo.CustomerPlan.Size;
import org.dunlin.receivables.Customer.Kind;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/** Makes up customers of whom everything is plausible and nothing can be reached. */
final class CustomerMaker {

    private static final BigDecimal FIVE_HUNDRED = BigDecimal.valueOf(500);

    private final Names names;
    private final Random random;
    private final Set<String> taken = new HashSet<>();

    CustomerMaker(Names names, Random random) {
        this.names = names;
        this.random = random;
    }

    /** @param turnover of the last twelve months */
    CustomerRow customer(CustomerPlan plan, BigDecimal turnover) {
        Names.Region region = Objects.requireNonNull(names.regions().get(plan.region()));
        Names.Place place = pick(region.places());
        Size size = plan.size();
        String name = size == null ? fullName(region) : companyName(region, place, plan, size);
        return new CustomerRow(
                CustomerKey.of(plan.number()),
                size == null ? Kind.CONSUMER : Kind.COMPANY,
                name,
                size == null || plan.government() ? null : vatNumber(region.country(), plan.index()),
                street(region),
                place.postalCode(),
                place.city(),
                region.country(),
                null,
                region.language(),
                plan.sector(),
                size == null ? null : employees(size),
                size == null || size == Size.SMALL ? null : "sales",
                plan.preferredChannel(),
                size == null ? null : rating(plan.habit()),
                size == null ? null : creditLimit(plan, turnover),
                persons(region, place, plan, name));
    }

    private List<PersonRow> persons(Names.Region region, Names.Place place, CustomerPlan plan, String name) {
        String phone = plan.prefersTexts() ? mobile(plan.index()) : phone(region, place, plan.index());
        if (plan.size() == null) {
            return List.of(new PersonRow(name, null, mailbox(name, "post.example"), phone));
        }
        String domain =
                Names.plain(name.replaceAll(" (VOF|BV|NV|CommV|SRL|SNC|SA|S\\.à r\\.l\\.|S\\.A\\.|Europe BV)$", ""))
                        + ".example";
        // A few customers are known by post only.
        boolean noMail = plan.habit() == Habit.BAD && plan.size() == Size.SMALL && plan.index() % 3 == 0;
        List<PersonRow> persons = new ArrayList<>();
        persons.add(person(region, noMail ? null : domain, phone));
        if (plan.size() == Size.LARGE) {
            persons.add(person(region, domain, null));
        }
        return persons;
    }

    private PersonRow person(Names.Region region, @Nullable String domain, @Nullable String phone) {
        String name = fullName(region);
        return new PersonRow(name, pick(region.roles()), domain == null ? null : mailbox(name, domain), phone);
    }

    private String fullName(Names.Region region) {
        String first = pick(random.nextBoolean() ? region.women() : region.men());
        String family = pick(region.families());
        if (region.country().equals("NL")) {
            family = family.replaceFirst("^De ", "de ")
                    .replaceFirst("^Van der ", "van der ")
                    .replaceFirst("^Van ", "van ");
        }
        return first + " " + family;
    }

    private static String mailbox(String name, String domain) {
        int space = name.indexOf(' ');
        return Names.plain(name.substring(0, space)) + "." + Names.plain(name.substring(space)) + "@" + domain;
    }

    private String companyName(Names.Region region, Names.Place place, CustomerPlan plan, Size size) {
        List<String> patterns = Objects.requireNonNull(region.trades().get(plan.sector()));
        List<String> forms = size == Size.SMALL
                ? region.legalForms().small()
                : region.legalForms().other();
        while (true) {
            String name = pick(patterns).replace("{f}", pick(region.families())).replace("{p}", place.city());
            if (taken.add(name)) {
                return plan.government() ? name : name + " " + pick(forms);
            }
        }
    }

    private String street(Names.Region region) {
        String street = pick(region.streets());
        int house = 1 + random.nextInt(180);
        return region.country().equals("LU") ? house + ", " + street : street + " " + house;
    }

    /** Few are as large as their class allows. */
    private int employees(Size size) {
        double share = random.nextDouble();
        return size.fewestEmployees + (int) (share * share * (size.mostEmployees - size.fewestEmployees + 1));
    }

    /** Subscriber numbers that begin with 0 are given to nobody. */
    private static String phone(Names.Region region, Names.Place place, int index) {
        return switch (region.country()) {
            case "NL" -> "+31%s0%06d".formatted(place.area(), 120_000 + index * 37);
            case "BE" -> "+32%s0%05d".formatted(place.area(), 21_000 + index * 37);
            default -> "+352%s%04d".formatted(place.area(), 100 + index * 3);
        };
    }

    /** Germany keeps these mobile numbers for films; the Netherlands and Belgium keep none. */
    private static String mobile(int index) {
        return (index < 100 ? "+4917139200%02d" : "+49176040690%02d").formatted(index % 100);
    }

    /** With right check digits, out of ranges that are not in use. */
    private static @Nullable String vatNumber(String country, int index) {
        return switch (country) {
            case "NL" -> dutchVatNumber(89_990_000 + index * 10);
            case "BE" -> "BE0%07d%02d".formatted(9_990_000 + index, 97 - (9_990_000 + index) % 97);
            case "LU" -> "LU%06d%02d".formatted(990_000 + index, (990_000 + index) % 89);
            default -> null;
        };
    }

    private static String dutchVatNumber(int candidate) {
        String digits = Integer.toString(candidate);
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += (digits.charAt(i) - '0') * (9 - i);
        }
        return sum % 11 < 10 ? "NL" + digits + sum % 11 + "B01" : dutchVatNumber(candidate + 1);
    }

    private @Nullable Integer rating(Habit habit) {
        int lowest =
                switch (habit) {
                    case PROMPT, FORGETFUL, MISLAYING -> 66;
                    case SLIGHTLY_LATE, MONTHLY, IMPROVING -> 52;
                    case SLOW, WAITING, SEASONAL, WORSENING, NEW -> 36;
                    case BAD -> 8;
                };
        int rating = lowest + random.nextInt(30);
        return random.nextInt(100) < 15 ? null : rating;
    }

    /** Four to seven months' turnover, less where there is little trust; every fourth customer has none. */
    private @Nullable Money creditLimit(CustomerPlan plan, BigDecimal turnover) {
        double years = plan.habit() == Habit.BAD ? 0.2 : 0.35 + random.nextDouble() / 4;
        if (random.nextInt(4) == 0) {
            return null;
        }
        BigDecimal limit = turnover.multiply(BigDecimal.valueOf(years))
                .divide(FIVE_HUNDRED, 0, RoundingMode.UP)
                .max(BigDecimal.ONE)
                .multiply(FIVE_HUNDRED);
        return Money.of(limit, plan.currency());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
