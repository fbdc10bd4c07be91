package org.dunlin.contact.voice;

import org.dunlin.contact.delivery.DeliveryKit;
import org.dunlin.contact.delivery.DeliveryWorker;
import org.springframework.stereotype.Component;

/** Places the calls that wait at the voice steps of ladders. */
@Component
class VoiceWorker extends DeliveryWorker {

    static final String TOPIC = "voice";

    VoiceWorker(DeliveryKit kit, VoiceCarrier carrier) {
        super(kit, carrier, TOPIC);
    }
}
