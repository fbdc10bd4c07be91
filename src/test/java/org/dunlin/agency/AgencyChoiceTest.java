package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.dunlin.DunlinTest;
import org.dunlin.platform.models.Decisions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every rule of the table that chooses the agency, on both sides of its limits. */
@DunlinTest
class AgencyChoiceTest {

    @Autowired
    Decisions decisions;

    @ParameterizedTest
    @CsvSource({
        "NL, CONSUMER,    10.00, benelux-incasso",
        "BE, CONSUMER, 90000.00, benelux-incasso",
        "NL, COMPANY,     10.00, benelux-incasso",
        "LU, COMPANY,  24999.99, benelux-incasso",
        "NL, COMPANY,  25000.00, advocaten-van-rijn",
        "BE, COMPANY,  90000.00, advocaten-van-rijn",
        "DE, COMPANY,     10.00, euro-collect",
        "DE, CONSUMER,    10.00, euro-collect",
        "PL, COMPANY,  90000.00, euro-collect"
    })
    void country_kind_and_amount_choose_the_agency(String country, String kind, BigDecimal amount, String agency) {
        assertThat(decisions
                        .evaluate("chooseAgency", Map.of("country", country, "kind", kind, "amount", amount))
                        .text("agency"))
                .isEqualTo(agency);
    }
}
