package org.dunlin.contact.text;

import java.math.BigInteger;
import java.util.Locale;
import org.dunlin.dunning.DunningCase;
import org.dunlin.receivables.Creditor;
import org.springframework.stereotype.Component;

/** References made from the number of the case: ISO 11649, or the Belgian form where banks expect it. */
@Component
class CaseReferences implements PaymentReferences {

    @Override
    public String reference(DunningCase dunningCase, Creditor creditor) {
        if (creditor.country().equals("BE")) {
            String digits = String.format(Locale.ROOT, "%010d", dunningCase.id() % 10_000_000_000L);
            long rest = Long.parseLong(digits) % 97;
            String check = String.format(Locale.ROOT, "%02d", rest == 0 ? 97 : rest);
            return "+++" + digits.substring(0, 3) + "/" + digits.substring(3, 7) + "/" + digits.substring(7) + check
                    + "+++";
        }
        String text = dunningCase.number().replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        String body = text.substring(Math.max(0, text.length() - 21));
        StringBuilder number = new StringBuilder();
        (body + "RF00").chars().forEach(c -> number.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
        return ("RF" + String.format(Locale.ROOT, "%02d", check) + body).replaceAll("(.{4})(?=.)", "$1 ");
    }
}
