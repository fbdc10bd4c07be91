package org.dunlin.demo;

import java.util.List;
import java.util.Map;
import org.dunlin.contact.sms.InboundTexts;
import org.dunlin.contact.twilio.DeliveryReports;
import org.dunlin.contact.voice.VoiceDialogue;
import org.dunlin.demo.DemoPhones.Taken;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** How the demo's customers take text messages and calls: the same customer always in the same way. */
@Component
@Conditional(DemoCondition.class)
class DemoAnswers implements Worker {

    private static final Logger log = LoggerFactory.getLogger(DemoAnswers.class);

    /** Keys pressed, in the order in which they are asked for. */
    private static final List<List<String>> HABITS =
            List.of(List.of("1", "1", "1"), List.of("1", "2"), List.of("1", "3", "1", "1"), List.of("1"), List.of());

    private static final int MACHINE = 5;
    private static final int NOBODY = 6;
    private static final int WAYS = 7;

    private static final Map<String, String> WRITTEN_BACK = Map.of(
            "nl", "Ik betaal vrijdag. Kan ik daarna een kopie van de factuur krijgen?",
            "fr", "Je paie vendredi. Pouvez-vous m'envoyer une copie de la facture ?",
            "de", "Ich bezahle am Freitag. Kann ich eine Kopie der Rechnung bekommen?",
            "en", "I will pay on Friday. Could I have a copy of the invoice?");

    private final DemoPhones phones;
    private final DeliveryReports reports;
    private final VoiceDialogue dialogue;
    private final InboundTexts texts;

    DemoAnswers(DemoPhones phones, DeliveryReports reports, VoiceDialogue dialogue, InboundTexts texts) {
        this.phones = phones;
        this.reports = reports;
        this.dialogue = dialogue;
        this.texts = texts;
    }

    @Override
    public int runOnce() {
        Taken next = phones.next();
        if (next == null) {
            return 0;
        }
        try {
            notice(next);
        } catch (RuntimeException e) {
            log.warn("Nobody noticed {}", next.sid(), e);
        }
        return 1;
    }

    /** Everything that follows at once when a phone rings or buzzes. */
    void notice(Taken one) {
        if (one.call()) {
            take(one);
        } else {
            read(one);
        }
    }

    private void read(Taken message) {
        tell(message, "sent");
        tell(message, "delivered");
        if (way(message) < 2) {
            texts.arrived(message.sid() + "-answer", message.to(), writtenBack(message.body()), null);
        }
    }

    /** In the language in which they were written to. */
    private static String writtenBack(String body) {
        String language =
                body.contains("staat") ? "nl" : body.contains("payer") ? "fr" : body.contains("offen") ? "de" : "en";
        return WRITTEN_BACK.getOrDefault(language, "");
    }

    private void take(Taken call) {
        tell(call, "ringing");
        int way = way(call);
        if (way == NOBODY) {
            tell(call, "no-answer");
            return;
        }
        tell(call, "in-progress");
        boolean machine = way == MACHINE;
        String asked = dialogue.answered(call.reference(), call.sid(), machine ? "machine_end_beep" : "human");
        List<String> keys = machine ? List.of() : HABITS.get(way);
        for (int turn = 0; turn < keys.size() && asked.contains("<Gather"); turn++) {
            asked = dialogue.pressed(call.reference(), call.sid(), turn, keys.get(turn));
        }
        tell(call, "completed");
    }

    private void tell(Taken one, String state) {
        reports.told(one.reference(), one.sid(), state, null);
    }

    private static int way(Taken one) {
        return Math.floorMod(one.to().hashCode(), WAYS);
    }
}
