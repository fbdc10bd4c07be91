package org.dunlin.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dunlin.receivables.CollectionCostRow;
import org.dunlin.receivables.CollectionCostRow.Kind;
import org.dunlin.receivables.CreditInsuranceRow;
import org.dunlin.receivables.CreditorRow;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.GrossMarginRow;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpportunityRow;
import org.dunlin.receivables.OpportunityRow.Stage;
import org.dunlin.receivables.RegionRiskRow;
import org.dunlin.receivables.SectorRiskRow;
import org.dunlin.receivables.SignalRow;
import org.dunlin.receivables.Signals;
import org.dunlin.receivables.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * What order system, CRM and credit insurer would say of the made-up customers. Nothing of it is by chance: the same portfolio
 * has the same signals.
 */
final class DemoSignals {

    private static final Map<String, Integer> COUNTRIES = Map.of("NL", 25, "BE", 30, "LU", 20, "GB", 40, "US", 45);

    private static final Map<String, Integer> SECTORS = Map.of(
            "government", 5,
            "healthcare", 15,
            "manufacturing", 30,
            "services", 35,
            "wholesale", 40,
            "food", 45,
            "transport", 50,
            "retail", 55,
            "construction", 65,
            "hospitality", 75);

    /** Of one contact, in whichever of the currencies: they are of about the same size. */
    private static final Map<Kind, String> COSTS = Map.of(
            Kind.CONTACT_EMAIL, "0.10",
            Kind.CONTACT_SMS, "0.15",
            Kind.CONTACT_VOICE, "0.35",
            Kind.CONTACT_CALL, "6.00",
            Kind.CONTACT_LETTER, "1.80",
            Kind.CONTACT_REGISTERED_LETTER, "12.50",
            Kind.CONTACT_SALES, "20.00",
            Kind.AGENCY_HAND_OVER, "45.00");

    private static final List<String> CURRENCIES = List.of("EUR", "GBP", "USD");

    private static final BigDecimal MARGIN = new BigDecimal("24.00");
    private static final BigDecimal THIN_MARGIN = new BigDecimal("3.50");

    private final LocalDate today;
    private final LocalDate longAgo;
    private final List<SignalRow> happened = new ArrayList<>();
    private final List<OpportunityRow> opportunities = new ArrayList<>();
    private final List<CreditInsuranceRow> insurances = new ArrayList<>();
    private final List<GrossMarginRow> margins = new ArrayList<>();

    private DemoSignals(LocalDate today) {
        this.today = today;
        this.longAgo = today.minusYears(2);
    }

    static DemoSignals of(DemoPortfolio portfolio) {
        DemoSignals signals = new DemoSignals(portfolio.today());
        List<CustomerRow> customers = portfolio.customers();
        for (int i = 0; i < customers.size(); i++) {
            signals.of(i, customers.get(i));
        }
        for (CreditorRow creditor : portfolio.creditors()) {
            signals.margin(creditor.number(), null);
        }
        // Who buys much sometimes buys at prices that leave little.
        portfolio.invoices().stream()
                .map(invoice -> Map.entry(invoice.creditor(), invoice.customer()))
                .distinct()
                .filter(sale -> sale.getValue().number().endsWith("7"))
                .forEach(sale -> signals.margin(sale.getKey(), sale.getValue()));
        return signals;
    }

    /** Writes them all. */
    Stream<WriteResult> write(Signals signals) {
        return Stream.of(
                signals.signals(happened),
                signals.opportunities(opportunities),
                signals.creditInsurances(insurances),
                signals.grossMargins(margins),
                signals.regionRisks(COUNTRIES.entrySet().stream()
                        .map(each -> new RegionRiskRow(each.getKey(), null, longAgo, each.getValue()))
                        .toList()),
                signals.sectorRisks(SECTORS.entrySet().stream()
                        .map(each -> new SectorRiskRow(each.getKey(), longAgo, each.getValue()))
                        .toList()),
                signals.collectionCosts(COSTS.entrySet().stream()
                        .flatMap(each -> CURRENCIES.stream()
                                .map(currency -> new CollectionCostRow(
                                        each.getKey(), longAgo, Money.of(new BigDecimal(each.getValue()), currency))))
                        .toList()));
    }

    private void of(int index, CustomerRow customer) {
        CustomerKey key = customer.key();
        for (int i = 0; index % 9 == 4 && i <= index % 4; i++) {
            happened.add(new SignalRow(
                    SignalRow.Kind.ORDER_REFUSED,
                    key,
                    "O" + key.number() + "-" + i,
                    today.minusDays(20 + 45L * i),
                    null,
                    "Did not take the delivery"));
        }
        for (int i = 0; index % 8 == 3 && i <= index % 3; i++) {
            happened.add(new SignalRow(
                    SignalRow.Kind.COMPLAINT,
                    key,
                    "K" + key.number() + "-" + i,
                    today.minusDays(12 + 60L * i),
                    null,
                    "Delivered too late"));
        }
        Money limit = customer.creditLimit();
        if (limit == null) {
            return;
        }
        if (index % 5 == 2) {
            opportunities.add(new OpportunityRow(key, "S" + key.number(), today.minusDays(30), Stage.OPEN, limit));
        }
        if (index % 3 == 0) {
            Money covered = new Money(
                    limit.amount().multiply(new BigDecimal("0.90")).setScale(2, RoundingMode.DOWN), limit.currency());
            LocalDate until = index % 12 == 0 ? today.minusDays(15) : today.plusDays(200);
            insurances.add(new CreditInsuranceRow(
                    key,
                    "V" + key.number(),
                    today.minusYears(1),
                    limit,
                    covered,
                    until,
                    "Zekerheid Kredietverzekering"));
        }
    }

    private void margin(String creditor, @Nullable CustomerKey customer) {
        margins.add(new GrossMarginRow(creditor, customer, longAgo, customer == null ? MARGIN : THIN_MARGIN));
    }
}
