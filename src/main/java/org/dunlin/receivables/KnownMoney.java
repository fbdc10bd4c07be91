package org.dunlin.receivables;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.dunlin.receivables.Allocator.Group;

/**
 * A payment or credit note that is booked.
 *
 * @param settled what it settled; what went back to the payer counts too, because neither is left
 */
record KnownMoney(
        long id,
        long customer,
        String customerNumber,
        String currency,
        BigDecimal amount,
        BigDecimal settled,
        LocalDate day) {

    static KnownMoney of(ResultSet row) throws SQLException {
        return new KnownMoney(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getString("customer_number"),
                row.getString("currency"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("settled"),
                row.getObject("day", LocalDate.class));
    }

    Group group(long creditor) {
        return new Group(creditor, customer, currency);
    }

    boolean isSpent() {
        return settled.compareTo(amount) >= 0;
    }

    /** Rejects the row when it says something else than what is booked. */
    boolean isSaidBy(Rows<?> rows, int index, String what, long byCustomer, Money amount, LocalDate day) {
        String booked = what + " is already booked";
        String advice = "if it is another one, give it a number of its own; what is booked is not changed by a file";
        if (customer != byCustomer) {
            rows.reject(index, "customer", null, booked + " for customer " + customerNumber, advice);
        } else if (!currency.equals(amount.currency().getCurrencyCode())
                || this.amount.compareTo(amount.amount()) != 0) {
            rows.reject(index, "amount", amount, booked + " with " + currency + " " + Rows.plain(this.amount), advice);
        } else if (!this.day.equals(day)) {
            rows.reject(index, "date", day, booked + " on " + this.day, advice);
        } else {
            return true;
        }
        return false;
    }

    static void writtenAtTheSameMoment(Rows<?> rows, int index, String number) {
        rows.reject(
                index,
                "number",
                number,
                "another import wrote the same key at the same moment",
                "import the row again: if it is the same it counts once, if not it is named");
    }
}
