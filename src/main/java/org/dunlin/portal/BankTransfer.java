package org.dunlin.portal;

import java.util.Optional;
import org.dunlin.contact.letter.PaymentCode;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Money;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The way that is always there: account, reference, and the code that fills both in. The bank's statement books it. */
@Component
@Order(2)
class BankTransfer implements WayToPay {

    @Override
    public Optional<Offer> offer(Debt debt) {
        Creditor creditor = debt.creditor();
        Money amount = debt.amount();
        return Optional.of(new Offer.Transfer(
                creditor.name(),
                creditor.iban(),
                creditor.bic(),
                debt.reference().formatted(),
                amount == null
                        ? null
                        : PaymentCode.of(creditor, amount, debt.reference()).orElse(null)));
    }
}
