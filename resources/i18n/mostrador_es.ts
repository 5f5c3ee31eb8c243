<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>ActKeys</name>
    <message>
        <source>Return</source>
        <translation>Devolver</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Descuento</translation>
    </message>
    <message>
        <source>Price/stock</source>
        <translation>Precio/stock</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>Abrir cajón</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Void line</source>
        <translation>Anular línea</translation>
    </message>
    <message>
        <source>Take coupon off</source>
        <translation>Quitar cupón</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Aparcar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Resume ({count})</source>
        <translation>Recuperar ({count})</translation>
    </message>
</context>
<context>
    <name>CameBack</name>
    <message>
        <source>Take off</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Devuelto</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Lo mismo otra vez</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Last seen: {text}</source>
        <translation>Último leído: {text}</translation>
    </message>
</context>
<context>
    <name>CameraViewModel</name>
    <message>
        <source>No camera is set up</source>
        <translation>No hay cámara configurada</translation>
    </message>
    <message>
        <source>The camera is starting</source>
        <translation>La cámara está arrancando</translation>
    </message>
    <message>
        <source>Hold the code in front of the camera</source>
        <translation>Pon el código delante de la cámara</translation>
    </message>
    <message>
        <source>There is no camera</source>
        <translation>No hay cámara</translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation>Otro programa usa la cámara</translation>
    </message>
    <message>
        <source>The settings of this till name none.
Scan by hand or type the code.</source>
        <translation>Los ajustes de esta caja no nombran ninguna.
Usa el lector o teclea el código.</translation>
    </message>
    <message>
        <source>Plug it in: it starts by itself.
Scan by hand or type the code meanwhile.</source>
        <translation>Conéctala: arranca sola.
Mientras tanto, usa el lector o teclea el código.</translation>
    </message>
    <message>
        <source>Close that program: the camera starts by itself.
Scan by hand or type the code meanwhile.</source>
        <translation>Cierra ese programa: la cámara arranca sola.
Mientras tanto, usa el lector o teclea el código.</translation>
    </message>
</context>
<context>
    <name>CardPanel</name>
    <message>
        <source>Card payment</source>
        <translation>Cobro con tarjeta</translation>
    </message>
    <message>
        <source>Break off</source>
        <translation>Interrumpir</translation>
    </message>
    <message>
        <source>Breaking off…</source>
        <translation>Interrumpiendo…</translation>
    </message>
    <message>
        <source>The terminal is waiting for the card</source>
        <translation>El terminal espera la tarjeta</translation>
    </message>
    <message>
        <source>The payment is noted. The sale is recorded when the terminal approves it.</source>
        <translation>El cobro está anotado. La venta se guarda cuando el terminal lo aprueba.</translation>
    </message>
    <message>
        <source>Key this amount on the terminal</source>
        <translation>Teclea este importe en el terminal</translation>
    </message>
    <message>
        <source>Then say here what the terminal shows.</source>
        <translation>Después di aquí lo que muestra el terminal.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Denegada</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprobada</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>{amount} by card</source>
        <translation>{amount} con tarjeta</translation>
    </message>
    <message>
        <source>What does the terminal&apos;s slip say?</source>
        <translation>¿Qué dice el recibo del terminal?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Card, without answer since {time}</source>
        <translation>Tarjeta, sin respuesta desde las {time}</translation>
    </message>
    <message>
        <source>Look at the last receipt of the terminal, or its list of operations.</source>
        <translation>Mira el último recibo del terminal o su lista de operaciones.</translation>
    </message>
    <message>
        <source>It was charged</source>
        <translation>Se cobró</translation>
    </message>
    <message>
        <source>It was not charged</source>
        <translation>No se cobró</translation>
    </message>
    <message>
        <source>Change answer</source>
        <translation>Cambiar respuesta</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>as charged</source>
        <translation>como cobrada</translation>
    </message>
    <message>
        <source>as not charged</source>
        <translation>como no cobrada</translation>
    </message>
    <message>
        <source>Authorisation code</source>
        <translation>Código de autorización</translation>
    </message>
    <message>
        <source>From the terminal&apos;s receipt; may stay empty.</source>
        <translation>Del recibo del terminal; puede quedar vacío.</translation>
    </message>
    <message>
        <source>We do not know whether the card was charged</source>
        <translation>No sabemos si la tarjeta se ha cobrado</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué ha pasado</translation>
    </message>
    <message>
        <source>The terminal stopped answering after it was asked for {amount}. The customer may have paid or not.</source>
        <translation>El terminal dejó de responder después de pedirle {amount}. Puede que el cliente haya pagado o puede que no.</translation>
    </message>
    <message>
        <source>Is the money safe?</source>
        <translation>¿Está el dinero a salvo?</translation>
    </message>
    <message>
        <source>Yes. The attempt is saved (no. {number}) and will not be charged twice. There is no sale yet: do not hand over the goods.</source>
        <translation>Sí. El intento está guardado (n.º {number}) y no se cobrará dos veces. Todavía no hay venta: no entregues la compra.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Qué hacer</translation>
    </message>
    <message>
        <source>Do not pass the card again and take no cash. The till keeps asking the terminal. If it does not answer in two minutes, call a shift lead, who looks at the terminal and decides.</source>
        <translation>No pases la tarjeta otra vez ni cobres en efectivo. La caja sigue preguntando al terminal. Si en dos minutos no contesta, llama a una encargada: mirará el terminal y decidirá.</translation>
    </message>
    <message numerus="yes">
        <source>Asking the terminal… %n times so far</source>
        <translation>
            <numerusform>Preguntando al terminal… %n vez hasta ahora</numerusform>
            <numerusform>Preguntando al terminal… %n veces hasta ahora</numerusform>
        </translation>
    </message>
    <message>
        <source>The terminal is asked again in a moment</source>
        <translation>Enseguida se pregunta otra vez al terminal</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>Preguntar ahora</translation>
    </message>
    <message>
        <source>the terminal, not the card</source>
        <translation>al terminal, no a la tarjeta</translation>
    </message>
    <message>
        <source>Call a shift lead</source>
        <translation>Llamar a una encargada</translation>
    </message>
    <message>
        <source>{amount} were asked for, and the card was not charged.</source>
        <translation>Se pidieron {amount} y la tarjeta no se ha cobrado.</translation>
    </message>
    <message>
        <source>Yes. Nothing was taken; the ticket is still to be paid.</source>
        <translation>Sí. No se ha cobrado nada; el ticket sigue por cobrar.</translation>
    </message>
    <message>
        <source>Back to the payment</source>
        <translation>Volver al cobro</translation>
    </message>
</context>
<context>
    <name>CardViewModel</name>
    <message>
        <source>The terminal now says otherwise</source>
        <translation>El datáfono dice ahora otra cosa</translation>
    </message>
    <message>
        <source>Recorded as not charged</source>
        <translation>Anotada como no cobrada</translation>
    </message>
    <message>
        <source>The card payment was cancelled</source>
        <translation>El cobro con tarjeta se ha cancelado</translation>
    </message>
    <message>
        <source>The terminal was not reached</source>
        <translation>No se pudo hablar con el terminal</translation>
    </message>
    <message>
        <source>The card was declined</source>
        <translation>La tarjeta ha sido denegada</translation>
    </message>
    <message>
        <source>Do not charge again. It is at the conflict desk for a shift lead.</source>
        <translation>No cobres otra vez. Queda en la mesa de incidencias para la persona responsable.</translation>
    </message>
    <message>
        <source>Look at its cable and power, or take another form of payment.</source>
        <translation>Mira su cable y si está encendido, o usa otra forma de pago.</translation>
    </message>
    <message>
        <source>Ask for another card, or take another form of payment.</source>
        <translation>Pide otra tarjeta o usa otra forma de pago.</translation>
    </message>
    <message>
        <source>Record {amount} as charged to the card</source>
        <translation>Anotar {amount} como cobrados con tarjeta</translation>
    </message>
    <message>
        <source>Record {amount} as not charged</source>
        <translation>Anotar {amount} como no cobrados</translation>
    </message>
    <message>
        <source>The terminal does not answer; its slip decides</source>
        <translation>El terminal no responde; decide su recibo</translation>
    </message>
    <message>
        <source>Looked at the terminal</source>
        <translation>Mirado en el terminal</translation>
    </message>
</context>
<context>
    <name>CartCounts</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n línea</numerusform>
            <numerusform>%n líneas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken out of the cart meanwhile, still on the ticket</source>
        <translation>
            <numerusform>%n quitado del carrito mientras tanto, sigue en el ticket</numerusform>
            <numerusform>%n quitados del carrito mientras tanto, siguen en el ticket</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CartKey</name>
    <message>
        <source>Web cart</source>
        <translation>Carrito web</translation>
    </message>
</context>
<context>
    <name>CartPanel</name>
    <message>
        <source>Web cart</source>
        <translation>Carrito web</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Bring to the ticket</source>
        <translation>Traer al ticket</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Asking for the cart…</source>
        <translation>Pidiendo el carrito…</translation>
    </message>
    <message>
        <source>nothing of it can come</source>
        <translation>nada de él puede traerse</translation>
    </message>
</context>
<context>
    <name>CashOfficePage</name>
    <message>
        <source>Cash and shift</source>
        <translation>Caja y turno</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Movements of the shift</source>
        <translation>Movimientos del turno</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>No cash has moved</source>
        <translation>No se ha movido efectivo</translation>
    </message>
    <message>
        <source>Cash that comes or goes without a sale
is noted here, each with a slip.</source>
        <translation>El efectivo que entra o sale sin venta
se anota aquí, cada vez con su resguardo.</translation>
    </message>
    <message>
        <source>Float at the opening</source>
        <translation>Fondo al abrir</translation>
    </message>
    <message>
        <source>Movements, in all</source>
        <translation>Movimientos, en total</translation>
    </message>
    <message>
        <source>Cash without a sale</source>
        <translation>Efectivo sin venta</translation>
    </message>
    <message>
        <source>The shift</source>
        <translation>El turno</translation>
    </message>
    <message>
        <source>Paid in</source>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>Paid out</source>
        <translation>Salida</translation>
    </message>
    <message>
        <source>Drop to the safe</source>
        <translation>Retirada a la caja fuerte</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>Abrir cajón</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>Arqueo X</translation>
    </message>
    <message>
        <source>figures so far</source>
        <translation>cifras hasta ahora</translation>
    </message>
    <message>
        <source>Print the last Z</source>
        <translation>Imprimir el último Z</translation>
    </message>
    <message>
        <source>no open shift</source>
        <translation>no hay turno abierto</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aún no hay</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Cerrar turno</translation>
    </message>
    <message>
        <source>count, then Z</source>
        <translation>recuento y cierre Z</translation>
    </message>
</context>
<context>
    <name>CashOfficeViewModel</name>
    <message>
        <source>no shift is open</source>
        <translation>no hay turno abierto</translation>
    </message>
    <message>
        <source>Shift {number} · opened at {time}</source>
        <translation>Turno {number} · abierto a las {time}</translation>
    </message>
    <message>
        <source>a ticket is at the counter</source>
        <translation>hay un ticket en el mostrador</translation>
    </message>
    <message>
        <source>Paid in</source>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>Paid out</source>
        <translation>Salida</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Retirada</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>Imprimiendo…</translation>
    </message>
    <message>
        <source>The drawer did not open: use its key</source>
        <translation>El cajón no se ha abierto: usa su llave</translation>
    </message>
</context>
<context>
    <name>ChangePage</name>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Paid exactly</source>
        <translation>Pago exacto</translation>
    </message>
    <message>
        <source>Exchanged, no difference</source>
        <translation>Cambio hecho, sin diferencia</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Cobrado</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Recibo</translation>
    </message>
    <message>
        <source>Sent to {address} when there is a link</source>
        <translation>Se envía a {address} cuando haya conexión</translation>
    </message>
    <message>
        <source>How would they like the receipt?</source>
        <translation>¿Cómo quiere el recibo?</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimir</translation>
    </message>
    <message>
        <source>By e-mail</source>
        <translation>Por e-mail</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>En pantalla</translation>
    </message>
    <message>
        <source>Gift receipt</source>
        <translation>Ticket regalo</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>Imprimiendo…</translation>
    </message>
    <message>
        <source>If nothing is chosen, it is printed</source>
        <translation>Si no eliges, se imprime</translation>
    </message>
</context>
<context>
    <name>ChangeViewModel</name>
    <message>
        <source>Sale saved at this till</source>
        <translation>Venta guardada en esta caja</translation>
    </message>
    <message>
        <source>Sale and return {number} saved at this till</source>
        <translation>Venta y devolución {number} guardadas en esta caja</translation>
    </message>
    <message>
        <source>The drawer did not open: use its key</source>
        <translation>El cajón no se ha abierto: usa su llave</translation>
    </message>
    <message>
        <source>Drawer open: close it when done</source>
        <translation>Cajón abierto: ciérralo al terminar</translation>
    </message>
</context>
<context>
    <name>ChooserPanel</name>
    <message numerus="yes">
        <source>%n articles have this code</source>
        <translation>
            <numerusform>%n artículo tiene este código</numerusform>
            <numerusform>%n artículos tienen este código</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Which one is it?</source>
        <translation>¿Cuál de los dos es?</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Find the receipt or the order first, then scan the goods</source>
        <translation>Primero el recibo o el pedido; después escanea los artículos</translation>
    </message>
    <message>
        <source>That is not among what was bought</source>
        <translation>Eso no está en lo que se compró</translation>
    </message>
    <message>
        <source>No more of it can come back</source>
        <translation>Ya no se puede devolver más</translation>
    </message>
</context>
<context>
    <name>CloseShiftPage</name>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Notes and number</source>
        <translation>Billetes y cantidad</translation>
    </message>
    <message>
        <source>Coins and number</source>
        <translation>Monedas y cantidad</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>Arqueo X</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>Abrir cajón</translation>
    </message>
    <message>
        <source>Count without looking at what is expected</source>
        <translation>Cuenta sin mirar lo esperado</translation>
    </message>
    <message>
        <source>The difference is shown once you hand it in; you may recount once.</source>
        <translation>La diferencia se muestra al enviar; puedes recontar una vez.</translation>
    </message>
    <message>
        <source>Cash counted</source>
        <translation>Efectivo contado</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Hand in the count</source>
        <translation>Enviar recuento</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Cerrar turno</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Billetes</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>Monedas</translation>
    </message>
    <message numerus="yes">
        <source>%n left to count</source>
        <translation>
            <numerusform>falta %n por contar</numerusform>
            <numerusform>faltan %n por contar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseShiftViewModel</name>
    <message>
        <source>{name} · Till {till} · opened at {time}</source>
        <translation>{name} · Caja {till} · abierto a las {time}</translation>
    </message>
    <message>
        <source>A ticket is at the counter: sell, park or cancel it first.</source>
        <translation>Hay un ticket en el mostrador: véndelo, apárcalo o cancélalo antes.</translation>
    </message>
    <message>
        <source>A card payment has no outcome yet: settle it first.</source>
        <translation>Hay un cobro con tarjeta sin resultado: resuélvelo antes.</translation>
    </message>
    <message>
        <source>A card refund has no outcome yet: settle it at the conflict desk.</source>
        <translation>Un abono en tarjeta no tiene resultado: resuélvelo en la mesa de incidencias.</translation>
    </message>
    <message>
        <source>Wrong change given</source>
        <translation>Cambio mal dado</translation>
    </message>
    <message>
        <source>Movement not noted</source>
        <translation>Movimiento sin anotar</translation>
    </message>
    <message>
        <source>Miscounted</source>
        <translation>Recuento equivocado</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>It was counted and recounted already.</source>
        <translation>Ya se ha contado y recontado.</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Cerrar turno</translation>
    </message>
    <message>
        <source>End of the shift</source>
        <translation>Fin del turno</translation>
    </message>
    <message>
        <source>A ticket is at the counter.</source>
        <translation>Hay un ticket en el mostrador.</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Take {name} back</source>
        <translation>Admitir {name}</translation>
    </message>
    <message>
        <source>Give {amount} back</source>
        <translation>Abonar {amount}</translation>
    </message>
    <message>
        <source>Take {amount} of goods in exchange</source>
        <translation>Cambio de {amount} en artículos</translation>
    </message>
    <message>
        <source>Take a gift back</source>
        <translation>Admitir un regalo</translation>
    </message>
    <message>
        <source>Known customer</source>
        <translation>Cliente conocido</translation>
    </message>
    <message>
        <source>To keep the customer</source>
        <translation>Atención al cliente</translation>
    </message>
    <message>
        <source>Our error</source>
        <translation>Error nuestro</translation>
    </message>
    <message>
        <source>{till} takes something of it back right now</source>
        <translation>{till} está devolviendo de esta compra ahora mismo</translation>
    </message>
    <message>
        <source>Something of it came back elsewhere meanwhile: look at it again</source>
        <translation>Mientras tanto se devolvió algo en otro sitio: revísalo</translation>
    </message>
    <message>
        <source>The central system knows more of it: look at it again</source>
        <translation>La central sabe más de esta compra: revísala</translation>
    </message>
    <message>
        <source>The central system knows nothing of it that could come back</source>
        <translation>La central no conoce nada que devolver de esta compra</translation>
    </message>
    <message>
        <source>The central system does not answer: check how it is given back</source>
        <translation>La central no responde: revisa cómo se abona</translation>
    </message>
    <message>
        <source>Something of it came back meanwhile: look at it again</source>
        <translation>Mientras tanto se devolvió algo: revísalo</translation>
    </message>
    <message>
        <source>The permission ran out: ask for it again</source>
        <translation>La autorización ha caducado: pídela otra vez</translation>
    </message>
    <message>
        <source>Open a shift first: money goes out</source>
        <translation>Abre antes un turno: sale dinero</translation>
    </message>
</context>
<context>
    <name>ContactPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>ContactViewModel</name>
    <message>
        <source>Call about {number}</source>
        <translation>Llamar por {number}</translation>
    </message>
    <message>
        <source>no telephone</source>
        <translation>sin teléfono</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo</translation>
    </message>
    <message>
        <source>May collect too</source>
        <translation>También puede recoger</translation>
    </message>
</context>
<context>
    <name>Coupons</name>
    <message>
        <source>Coupon {code} is on the ticket already</source>
        <translation>El cupón {code} ya está en el ticket</translation>
    </message>
    <message>
        <source>{till} has coupon {code} since {time}</source>
        <translation>{till} tiene el cupón {code} desde las {time}</translation>
    </message>
    <message>
        <source>Another coupon of this kind is on the ticket</source>
        <translation>Ya hay otro cupón como este en el ticket</translation>
    </message>
    <message>
        <source>Coupon {code} is valid from {from}</source>
        <translation>El cupón {code} vale desde el {from}</translation>
    </message>
    <message>
        <source>Coupon {code} was valid until {until}</source>
        <translation>El cupón {code} valía hasta el {until}</translation>
    </message>
    <message>
        <source>Coupon {code} is not for this shop</source>
        <translation>El cupón {code} no vale en esta tienda</translation>
    </message>
    <message>
        <source>Coupon {code} is for members only</source>
        <translation>El cupón {code} es solo para socios</translation>
    </message>
    <message>
        <source>No more coupons fit on this ticket</source>
        <translation>No caben más cupones en este ticket</translation>
    </message>
    <message>
        <source>No coupon has the code {code}</source>
        <translation>Ningún cupón tiene el código {code}</translation>
    </message>
    <message>
        <source>Coupon {code} was used already ({till})</source>
        <translation>El cupón {code} ya se usó ({till})</translation>
    </message>
    <message>
        <source>Coupon {code} is not valid any more</source>
        <translation>El cupón {code} ya no vale</translation>
    </message>
    <message>
        <source>Coupon {code} is on a parked ticket</source>
        <translation>El cupón {code} está en un ticket aparcado</translation>
    </message>
    <message>
        <source>Coupon {code} cannot be checked: no connection</source>
        <translation>No se puede comprobar el cupón {code}: sin conexión</translation>
    </message>
</context>
<context>
    <name>Customer</name>
    <message>
        <source>Points</source>
        <translation>Puntos</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambios</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>sin enviar</translation>
    </message>
    <message>
        <source>this till only</source>
        <translation>solo esta caja</translation>
    </message>
    <message>
        <source>Waits here: {number} · {state}</source>
        <translation>Espera aquí: {number} · {state}</translation>
    </message>
    <message>
        <source>shelf {shelf}</source>
        <translation>estante {shelf}</translation>
    </message>
    <message>
        <source>to pay {amount}</source>
        <translation>por cobrar {amount}</translation>
    </message>
    <message>
        <source>no telephone, e-mail or card</source>
        <translation>sin teléfono, correo ni tarjeta</translation>
    </message>
    <message>
        <source>since {year}</source>
        <translation>desde {year}</translation>
    </message>
    <message>
        <source>Birthday today</source>
        <translation>Hoy es su cumpleaños</translation>
    </message>
    <message>
        <source>Birthday on {day}</source>
        <translation>Cumple el {day}</translation>
    </message>
    <message>
        <source>Receipt by e-mail</source>
        <translation>Recibo por correo</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Sugerencias</translation>
    </message>
    <message>
        <source>Offers by e-mail</source>
        <translation>Publicidad por correo</translation>
    </message>
    <message>
        <source>Offers by SMS</source>
        <translation>Publicidad por SMS</translation>
    </message>
    <message>
        <source>Offers by post</source>
        <translation>Publicidad por carta</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Devolución</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Móvil</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>{what}: no</source>
        <translation>{what}: no</translation>
    </message>
    <message>
        <source>on this ticket</source>
        <translation>en este ticket</translation>
    </message>
    <message>
        <source>{number} in {shop}</source>
        <translation>{number} en {shop}</translation>
    </message>
</context>
<context>
    <name>CustomerCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerFormPanel</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>Cumpleaños</translation>
    </message>
    <message>
        <source>17-05</source>
        <translation>17-05</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Worth knowing the next time</source>
        <translation>Conviene saber la próxima vez</translation>
    </message>
    <message>
        <source>The customer agrees to</source>
        <translation>El cliente acepta</translation>
    </message>
    <message>
        <source>Off the ticket</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Otro cliente</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Take this customer</source>
        <translation>Elegir este cliente</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>a name is missing</source>
        <translation>falta el nombre</translation>
    </message>
</context>
<context>
    <name>CustomerFormViewModel</name>
    <message>
        <source>New customer</source>
        <translation>Cliente nuevo</translation>
    </message>
    <message>
        <source>{name} has that already: {ways}</source>
        <translation>Ya lo tiene {name}: {ways}</translation>
    </message>
    <message>
        <source>up to 200 letters</source>
        <translation>hasta 200 letras</translation>
    </message>
    <message>
        <source>no such number</source>
        <translation>no es un teléfono</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>no es un correo</translation>
    </message>
    <message>
        <source>no card number</source>
        <translation>no es una tarjeta</translation>
    </message>
    <message>
        <source>day-month</source>
        <translation>día-mes</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>demasiado largo</translation>
    </message>
</context>
<context>
    <name>CustomerPage</name>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>Conviene saber</translation>
    </message>
    <message>
        <source>Agrees to</source>
        <translation>Permisos</translation>
    </message>
    <message>
        <source>Waits here</source>
        <translation>Espera aquí</translation>
    </message>
    <message>
        <source>Waits in another shop</source>
        <translation>Espera en otra tienda</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>The same person?</source>
        <translation>¿La misma persona?</translation>
    </message>
    <message>
        <source>The office joins two records into one.</source>
        <translation>Unir dos fichas en una es cosa de la oficina.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Mirar</translation>
    </message>
</context>
<context>
    <name>CustomerPageViewModel</name>
    <message>
        <source>nothing bought yet</source>
        <translation>aún sin compras</translation>
    </message>
    <message>
        <source>came back already</source>
        <translation>ya se devolvió</translation>
    </message>
    <message>
        <source>its articles are not known here</source>
        <translation>aquí no constan sus artículos</translation>
    </message>
    <message>
        <source>Note about {name}</source>
        <translation>Nota sobre {name}</translation>
    </message>
    <message>
        <source>Worth knowing the next time; everybody at a till reads it</source>
        <translation>Lo que conviene saber la próxima vez; se lee en todas las cajas</translation>
    </message>
</context>
<context>
    <name>CustomerTab</name>
    <message>
        <source>Open record</source>
        <translation>Ver ficha</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Compras</translation>
    </message>
    <message>
        <source>Nothing bought yet, as far as is known here</source>
        <translation>Aún no ha comprado nada, que aquí se sepa</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Devolver</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Hand over order</source>
        <translation>Entregar pedido</translation>
    </message>
</context>
<context>
    <name>DenominationGrid</name>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Notes and pieces</source>
        <translation>Billetes y cantidad</translation>
    </message>
    <message>
        <source>Coins and pieces</source>
        <translation>Monedas y cantidad</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Central system</source>
        <translation>Central</translation>
    </message>
    <message>
        <source>Payment terminal</source>
        <translation>Datáfono</translation>
    </message>
    <message>
        <source>Two copies of one till</source>
        <translation>Dos copias de una caja</translation>
    </message>
    <message>
        <source>Ticket taken up twice</source>
        <translation>Ticket en dos cajas</translation>
    </message>
    <message>
        <source>A day does not agree</source>
        <translation>Un día no cuadra</translation>
    </message>
    <message>
        <source>Acts set aside</source>
        <translation>Operaciones apartadas</translation>
    </message>
    <message>
        <source>An act cannot be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>A sum is not right</source>
        <translation>Una suma no cuadra</translation>
    </message>
    <message>
        <source>Unknown article sold</source>
        <translation>Artículo desconocido vendido</translation>
    </message>
    <message>
        <source>Price out of range</source>
        <translation>Precio fuera de margen</translation>
    </message>
    <message>
        <source>Card without answer</source>
        <translation>Tarjeta sin respuesta</translation>
    </message>
    <message>
        <source>Nobody knows if it was printed</source>
        <translation>No se sabe si se imprimió</translation>
    </message>
    <message>
        <source>Permission nobody gave</source>
        <translation>Permiso que nadie dio</translation>
    </message>
    <message>
        <source>Coupon used twice</source>
        <translation>Cupón usado dos veces</translation>
    </message>
    <message>
        <source>Something to look at</source>
        <translation>Algo por mirar</translation>
    </message>
    <message>
        <source>Charge {number}</source>
        <translation>Cobro {number}</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Recibo {number}</translation>
    </message>
    <message>
        <source>{count} not sent</source>
        <translation>{count} sin enviar</translation>
    </message>
    <message>
        <source>{where} works in two places at once, each with its own sales. Both gave the same numbers, and nobody can say yet which one goes on.</source>
        <translation>{where} trabaja en dos sitios a la vez, cada uno con sus ventas. Los dos han dado los mismos números y falta decidir cuál sigue.</translation>
    </message>
    <message>
        <source>The parked ticket {subject} was taken up at two tills, one of them offline. If both charged it, the customer paid {money} twice.</source>
        <translation>El ticket aparcado «{subject}» se ha recuperado en dos cajas, una de ellas sin conexión. Si las dos lo cobraron, el cliente ha pagado {money} dos veces.</translation>
    </message>
    <message>
        <source>The sums of {subject} at {where} and at the centre are not the same. They differ by {money}.</source>
        <translation>Las sumas del {subject} en {where} y en la central no son iguales. La diferencia es de {money}.</translation>
    </message>
    <message>
        <source>{subject} acts of this till could not be sent. They are kept here and the centre does not know them yet.</source>
        <translation>{subject} operaciones de esta caja no se han podido enviar. Están guardadas aquí y la central aún no las conoce.</translation>
    </message>
    <message>
        <source>The centre received {subject} of {where} and could not enter it. It is stored and counts for nothing until somebody decides.</source>
        <translation>La central recibió {subject} de {where} y no pudo anotarlo. Está guardado y no cuenta hasta que alguien decida.</translation>
    </message>
    <message>
        <source>The centre received something from {where} that it cannot read. It is stored as it came.</source>
        <translation>La central recibió de {where} algo que no sabe leer. Está guardado tal como llegó.</translation>
    </message>
    <message>
        <source>The lines of {subject} do not add up to its total. The receipt the customer has says {money}.</source>
        <translation>Las líneas de {subject} no suman su total. El recibo que tiene el cliente dice {money}.</translation>
    </message>
    <message>
        <source>{where} sold {subject}, which the catalogue does not know. The sale counts; the stock was not moved.</source>
        <translation>{where} vendió {subject}, que no está en el catálogo. La venta cuenta; el stock no se ha movido.</translation>
    </message>
    <message>
        <source>{subject} was sold at {where} far from its price. The sale counts.</source>
        <translation>{subject} se vendió en {where} lejos de su precio. La venta cuenta.</translation>
    </message>
    <message>
        <source>Somebody recorded by hand how the charge of {money} ended, and the terminal said otherwise afterwards. The terminal&apos;s slip decides.</source>
        <translation>Alguien anotó a mano cómo acabó el cobro de {money} y el datáfono dijo después otra cosa. Decide el comprobante del datáfono.</translation>
    </message>
    <message>
        <source>{where} asked for {money} by card and never learnt the outcome. The ticket is gone; the terminal&apos;s slip decides.</source>
        <translation>{where} pidió {money} con tarjeta y no llegó a saber el resultado. El ticket ya no está; decide el comprobante del datáfono.</translation>
    </message>
    <message>
        <source>The printer stopped while it printed. The paper may be in the tray; a further copy is marked as such.</source>
        <translation>La impresora se paró mientras imprimía. El papel puede estar en la bandeja; otra copia saldría como duplicado.</translation>
    </message>
    <message>
        <source>{where} says that {subject} allowed something from afar. The centre gave no such permission. It is decided on the pages of the central system.</source>
        <translation>{where} dice que {subject} autorizó algo a distancia. La central no dio ese permiso. Se decide en las páginas de la central.</translation>
    </message>
    <message>
        <source>This till is too old to tell this story. Look at it on the pages of the central system.</source>
        <translation>Esta caja es de una versión anterior y no sabe contarlo. Míralo en las páginas de la central.</translation>
    </message>
    <message>
        <source>Order handed over twice</source>
        <translation>Pedido entregado dos veces</translation>
    </message>
    <message>
        <source>Cancelled order handed over</source>
        <translation>Pedido cancelado y entregado</translation>
    </message>
    <message>
        <source>Order of another shop handed over</source>
        <translation>Entregado un pedido de otra tienda</translation>
    </message>
    <message>
        <source>Parcels not as sent</source>
        <translation>Los bultos no llegaron como se enviaron</translation>
    </message>
    <message>
        <source>Work on an order that does not fit</source>
        <translation>Trabajo en un pedido que no cuadra</translation>
    </message>
    <message>
        <source>Refund refused</source>
        <translation>Devolución rechazada</translation>
    </message>
    <message>
        <source>Collected and not paid</source>
        <translation>Recogido y sin pagar</translation>
    </message>
    <message>
        <source>Order {subject} was handed over at two tills, at least one of them offline. Look which customer has the goods, worth {money}.</source>
        <translation>El pedido {subject} se entregó en dos cajas, al menos una sin conexión. Mira qué cliente tiene los artículos, por valor de {money}.</translation>
    </message>
    <message>
        <source>{where} handed order {subject} over after it had been cancelled. The customer has goods worth {money} and may get the money back too.</source>
        <translation>{where} entregó el pedido {subject} cuando ya estaba cancelado. El cliente tiene artículos por {money} y quizá también recupere el dinero.</translation>
    </message>
    <message>
        <source>{where} handed order {subject} over after it had gone to another shop. That shop may prepare goods worth {money} once more.</source>
        <translation>{where} entregó el pedido {subject} cuando ya había pasado a otra tienda. Esa tienda puede preparar otra vez artículos por {money}.</translation>
    </message>
    <message>
        <source>The parcels of order {subject} did not arrive at {where} as they were sent.</source>
        <translation>Los bultos del pedido {subject} no llegaron a {where} como se enviaron.</translation>
    </message>
    <message>
        <source>{where} worked on order {subject} while it was elsewhere, over, or in other hands. The order stays as the centre knows it.</source>
        <translation>{where} trabajó en el pedido {subject} cuando estaba en otro sitio, terminado o en otras manos. El pedido queda como lo conoce la central.</translation>
    </message>
    <message>
        <source>The payment provider refused to give back {money} of order {subject}.</source>
        <translation>La pasarela de pago rechazó devolver {money} del pedido {subject}.</translation>
    </message>
    <message>
        <source>The customer of order {subject} has goods worth {money} whose payment was refused, or was given back before.</source>
        <translation>El cliente del pedido {subject} tiene artículos por {money} cuyo pago se rechazó o ya se había devuelto.</translation>
    </message>
    <message>
        <source>Nothing was lost: both sides are stored whole.</source>
        <translation>No se ha perdido nada: las dos partes están guardadas enteras.</translation>
    </message>
    <message>
        <source>What arrived can be put on its shelf.</source>
        <translation>Lo que llegó se puede ubicar.</translation>
    </message>
    <message>
        <source>The refund stays owed until it is settled.</source>
        <translation>La devolución sigue pendiente hasta que se resuelva.</translation>
    </message>
    <message>
        <source>The customer keeps the goods. Nothing else changes.</source>
        <translation>El cliente se queda los artículos. No cambia nada más.</translation>
    </message>
    <message>
        <source>Two customers have goods; the stock is counted and put right.</source>
        <translation>Dos clientes tienen artículos; se cuenta el stock y se corrige.</translation>
    </message>
    <message>
        <source>It was one and the same handover, noted at two tills.</source>
        <translation>Fue una sola entrega, anotada en dos cajas.</translation>
    </message>
    <message>
        <source>The customer brought the goods back, or pays for them.</source>
        <translation>El cliente devolvió los artículos o los paga.</translation>
    </message>
    <message>
        <source>The other shop was told and does not prepare it.</source>
        <translation>La otra tienda está avisada y no lo prepara.</translation>
    </message>
    <message>
        <source>The sender and the customer know.</source>
        <translation>El remitente y el cliente lo saben.</translation>
    </message>
    <message>
        <source>The goods are back where they belong.</source>
        <translation>Los artículos están de nuevo en su sitio.</translation>
    </message>
    <message>
        <source>The payment provider is asked once more.</source>
        <translation>Se pregunta otra vez a la pasarela de pago.</translation>
    </message>
    <message>
        <source>The customer gets the money another way.</source>
        <translation>El cliente recibe el dinero de otra forma.</translation>
    </message>
    <message>
        <source>The customer paid another way, brought the goods back, or keeps them.</source>
        <translation>El cliente pagó de otra manera, devolvió la mercancía o se la queda.</translation>
    </message>
    <message>
        <source>till without network</source>
        <translation>caja sin conexión</translation>
    </message>
    <message>
        <source>till with network</source>
        <translation>caja con conexión</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>not announced</source>
        <translation>no anunciado</translation>
    </message>
    <message>
        <source>cancelled before</source>
        <translation>cancelado antes</translation>
    </message>
    <message>
        <source>collected before</source>
        <translation>recogido antes</translation>
    </message>
    <message>
        <source>at another shop</source>
        <translation>en otra tienda</translation>
    </message>
    <message>
        <source>not possible as the order is</source>
        <translation>no cabe tal como está el pedido</translation>
    </message>
    <message>
        <source>a line it does not have</source>
        <translation>una línea que no tiene</translation>
    </message>
    <message>
        <source>a parcel it does not have</source>
        <translation>un bulto que no tiene</translation>
    </message>
    <message>
        <source>more than there is</source>
        <translation>más de lo que hay</translation>
    </message>
    <message>
        <source>a label that was printed again</source>
        <translation>una etiqueta que se imprimió de nuevo</translation>
    </message>
    <message>
        <source>handover without code</source>
        <translation>entrega sin código</translation>
    </message>
    <message>
        <source>handover without network</source>
        <translation>entrega sin conexión</translation>
    </message>
    <message>
        <source>handover undone</source>
        <translation>entrega deshecha</translation>
    </message>
    <message>
        <source>cancelled order</source>
        <translation>pedido cancelado</translation>
    </message>
    <message>
        <source>order to be prepared</source>
        <translation>pedido por preparar</translation>
    </message>
    <message>
        <source>order being prepared</source>
        <translation>pedido en preparación</translation>
    </message>
    <message>
        <source>order prepared</source>
        <translation>pedido preparado</translation>
    </message>
    <message>
        <source>order on its way</source>
        <translation>pedido en camino</translation>
    </message>
    <message>
        <source>order arrived</source>
        <translation>pedido recibido</translation>
    </message>
    <message>
        <source>order on its shelf</source>
        <translation>pedido en su estante</translation>
    </message>
    <message>
        <source>order ready</source>
        <translation>pedido listo</translation>
    </message>
    <message>
        <source>order collected</source>
        <translation>pedido recogido</translation>
    </message>
    <message>
        <source>order collected in part</source>
        <translation>pedido recogido en parte</translation>
    </message>
    <message>
        <source>order nobody came for</source>
        <translation>pedido sin recoger</translation>
    </message>
    <message>
        <source>order cancelled</source>
        <translation>pedido cancelado</translation>
    </message>
    <message>
        <source>order back in stock</source>
        <translation>pedido de vuelta al stock</translation>
    </message>
    <message>
        <source>Nothing was lost: the till keeps every sale of the day.</source>
        <translation>No se ha perdido nada: la caja conserva todas las ventas del día.</translation>
    </message>
    <message>
        <source>Do not charge the card again before this is decided.</source>
        <translation>No cobres otra vez la tarjeta hasta que esto se decida.</translation>
    </message>
    <message>
        <source>The sale is recorded; only the paper is in doubt.</source>
        <translation>La venta está guardada; la duda es solo el papel.</translation>
    </message>
    <message>
        <source>Nothing was lost: it is stored.</source>
        <translation>No se ha perdido nada: está guardado.</translation>
    </message>
    <message>
        <source>Nothing was lost: it is stored and can be entered again.</source>
        <translation>No se ha perdido nada: está guardado y se puede volver a anotar.</translation>
    </message>
    <message>
        <source>Both count</source>
        <translation>Valen los dos</translation>
    </message>
    <message>
        <source>Both go on</source>
        <translation>Siguen las dos</translation>
    </message>
    <message>
        <source>Stop the copy</source>
        <translation>Parar la copia</translation>
    </message>
    <message>
        <source>Enter it again</source>
        <translation>Anotarlo otra vez</translation>
    </message>
    <message>
        <source>Leave it aside</source>
        <translation>Dejarlo apartado</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Enviar otra vez</translation>
    </message>
    <message>
        <source>Card refund without answer</source>
        <translation>Abono en tarjeta sin respuesta</translation>
    </message>
    <message>
        <source>The return is recorded. Give the money no other way before this is decided.</source>
        <translation>La devolución está registrada. No devuelvas el dinero de otra forma antes de decidir.</translation>
    </message>
    <message>
        <source>It was charged</source>
        <translation>Sí se cobró</translation>
    </message>
    <message>
        <source>It was not charged</source>
        <translation>No se cobró</translation>
    </message>
    <message>
        <source>It was given back</source>
        <translation>Se devolvió</translation>
    </message>
    <message>
        <source>It was not given back</source>
        <translation>No se devolvió</translation>
    </message>
    <message>
        <source>The slip says so. The customer has the money.</source>
        <translation>Lo dice el comprobante. El cliente tiene el dinero.</translation>
    </message>
    <message>
        <source>The slip says so. It is owed to the customer again.</source>
        <translation>Lo dice el comprobante. Se le vuelve a deber al cliente.</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>devuelto</translation>
    </message>
    <message>
        <source>not given back</source>
        <translation>no devuelto</translation>
    </message>
    <message>
        <source>{where} gave {money} back to a card for return {subject} and never learnt whether it went. The till asks again by itself; the terminal&apos;s slip decides.</source>
        <translation>{where} devolvió {money} a una tarjeta por la devolución {subject} y no supo si se hizo. La caja vuelve a preguntar sola; decide el comprobante del datáfono.</translation>
    </message>
    <message>
        <source>It is recorded how the refund of {money} for return {subject} ended, and the terminal said otherwise afterwards. The terminal&apos;s slip decides.</source>
        <translation>Consta cómo acabó el abono de {money} de la devolución {subject} y el datáfono dijo después otra cosa. Decide el comprobante del datáfono.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Preguntar otra vez</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>The till sends the whole day again.</source>
        <translation>La caja vuelve a enviar el día entero.</translation>
    </message>
    <message>
        <source>Two sales; what was paid too much is given back.</source>
        <translation>Dos ventas; lo pagado de más se devuelve.</translation>
    </message>
    <message>
        <source>The copy takes numbers of its own. Its sales count.</source>
        <translation>La copia usa números propios. Sus ventas cuentan.</translation>
    </message>
    <message>
        <source>The copy sells no more. What it sold counts.</source>
        <translation>La copia deja de vender. Lo vendido cuenta.</translation>
    </message>
    <message>
        <source>The centre tries it once more, now.</source>
        <translation>La central lo intenta ahora otra vez.</translation>
    </message>
    <message>
        <source>It stays stored and counts for nothing.</source>
        <translation>Queda guardado y no cuenta.</translation>
    </message>
    <message>
        <source>They go with the next sending.</source>
        <translation>Salen con el próximo envío.</translation>
    </message>
    <message>
        <source>The slip says so. Without a sale it must be given back.</source>
        <translation>Lo dice el comprobante. Si no hay venta, se devuelve.</translation>
    </message>
    <message>
        <source>The slip says so. No money came in.</source>
        <translation>Lo dice el comprobante. No entró dinero.</translation>
    </message>
    <message>
        <source>The paper came out, or nobody needs it.</source>
        <translation>El papel salió, o no hace falta.</translation>
    </message>
    <message>
        <source>Only one was charged; there is nothing to give back.</source>
        <translation>Solo se cobró uno; no hay nada que devolver.</translation>
    </message>
    <message>
        <source>Nothing else changes.</source>
        <translation>Nada más cambia.</translation>
    </message>
    <message>
        <source>It came right by itself</source>
        <translation>Se arregló solo</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Pagado con</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>Artículos</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artículo</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Precio</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Esperado</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Números</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalle</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>discount</source>
        <translation>descuento</translation>
    </message>
    <message>
        <source>price change</source>
        <translation>cambio de precio</translation>
    </message>
    <message>
        <source>open price</source>
        <translation>precio libre</translation>
    </message>
    <message>
        <source>cancelled ticket</source>
        <translation>ticket anulado</translation>
    </message>
    <message>
        <source>drawer opened</source>
        <translation>apertura del cajón</translation>
    </message>
    <message>
        <source>cash movement</source>
        <translation>movimiento de efectivo</translation>
    </message>
    <message>
        <source>shift closed</source>
        <translation>cierre del turno</translation>
    </message>
    <message>
        <source>receipt printed again</source>
        <translation>recibo reimpreso</translation>
    </message>
    <message>
        <source>card payment settled</source>
        <translation>cobro con tarjeta resuelto</translation>
    </message>
    <message>
        <source>decision at the desk</source>
        <translation>decisión en la mesa</translation>
    </message>
    <message>
        <source>charged</source>
        <translation>cobrado</translation>
    </message>
    <message>
        <source>not charged</source>
        <translation>no cobrado</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelado</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>sin saber</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>pedido</translation>
    </message>
    <message>
        <source>receipt</source>
        <translation>recibo</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>duplicado</translation>
    </message>
    <message>
        <source>gift receipt</source>
        <translation>ticket regalo</translation>
    </message>
    <message>
        <source>never asked for</source>
        <translation>nadie lo pidió</translation>
    </message>
    <message>
        <source>asked for by another till</source>
        <translation>lo pidió otra caja</translation>
    </message>
    <message>
        <source>something else was allowed</source>
        <translation>se autorizó otra cosa</translation>
    </message>
    <message>
        <source>nobody decided</source>
        <translation>nadie lo decidió</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>denegado</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>retirado</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>arqueo X</translation>
    </message>
    <message>
        <source>Coupon {subject} may be used once, and two sales used it, at least one of them offline. It took {money} off the second. Both sales count.</source>
        <translation>El cupón {subject} vale para una sola vez y lo usaron dos ventas, al menos una de ellas sin red. En la segunda descontó {money}. Las dos ventas cuentan.</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>cierre Z</translation>
    </message>
    <message>
        <source>slip of a parked ticket</source>
        <translation>resguardo de aparcado</translation>
    </message>
    <message>
        <source>slip of a cash movement</source>
        <translation>resguardo de caja</translation>
    </message>
    <message>
        <source>sold</source>
        <translation>vendido</translation>
    </message>
    <message>
        <source>taken up</source>
        <translation>recuperado</translation>
    </message>
    <message>
        <source>stored, not entered</source>
        <translation>guardado, sin anotar</translation>
    </message>
    <message>
        <source>Card without enough on it</source>
        <translation>Tarjeta sin saldo suficiente</translation>
    </message>
    <message>
        <source>{where} sold with card {subject}, and {money} of that was not on it any more. The customer has the goods.</source>
        <translation>{where} vendió con la tarjeta {subject} y {money} ya no estaban en ella. El cliente tiene los artículos.</translation>
    </message>
    <message>
        <source>The sale counts. The card is worth nothing less than zero.</source>
        <translation>La venta cuenta. La tarjeta nunca queda en negativo.</translation>
    </message>
    <message>
        <source>What is on the card by now is taken, as far as it goes.</source>
        <translation>Se toma lo que la tarjeta tenga ahora, hasta donde llegue.</translation>
    </message>
    <message>
        <source>The shop bears it, or the customer paid.</source>
        <translation>Lo asume la tienda, o el cliente lo pagó.</translation>
    </message>
    <message>
        <source>set aside before</source>
        <translation>apartado antes</translation>
    </message>
    <message>
        <source>not set aside</source>
        <translation>sin apartar</translation>
    </message>
    <message>
        <source>card nobody knows</source>
        <translation>tarjeta que nadie conoce</translation>
    </message>
    <message>
        <source>card not sold yet</source>
        <translation>tarjeta sin vender</translation>
    </message>
    <message>
        <source>card in use</source>
        <translation>tarjeta en uso</translation>
    </message>
    <message>
        <source>card blocked</source>
        <translation>tarjeta bloqueada</translation>
    </message>
    <message>
        <source>card expired</source>
        <translation>tarjeta caducada</translation>
    </message>
    <message>
        <source>Taken back twice</source>
        <translation>Devuelto dos veces</translation>
    </message>
    <message>
        <source>More given back than was paid</source>
        <translation>Se devolvió más de lo pagado</translation>
    </message>
    <message>
        <source>More came back of purchase {subject} than was sold, at tills that could not see each other. {money} went out for nothing.</source>
        <translation>De la compra {subject} volvió más de lo vendido, en cajas que no se veían. Salieron {money} de más.</translation>
    </message>
    <message>
        <source>More money went back for purchase {subject} than was paid for it, or to a form of payment than it paid. It is {money} too much.</source>
        <translation>Por la compra {subject} se devolvió más de lo pagado, o más a una forma de pago de lo que pagó. Sobran {money}.</translation>
    </message>
    <message>
        <source>Nothing was lost: every receipt of it is stored and counts.</source>
        <translation>No se ha perdido nada: todos los recibos están guardados y cuentan.</translation>
    </message>
    <message>
        <source>The goods came in; the shop bears what went out too much.</source>
        <translation>La mercancía entró; la tienda asume lo que salió de más.</translation>
    </message>
    <message>
        <source>The customer was asked and brings the money back, or owed nothing.</source>
        <translation>Se habló con el cliente: trae el dinero o no debía nada.</translation>
    </message>
    <message>
        <source>returns</source>
        <translation>devoluciones</translation>
    </message>
    <message>
        <source>Web payment</source>
        <translation>Pago web</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambio de artículo</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importado</translation>
    </message>
    <message>
        <source>return</source>
        <translation>devolución</translation>
    </message>
    <message>
        <source>return without a receipt</source>
        <translation>devolución sin recibo</translation>
    </message>
    <message>
        <source>return outside the rules</source>
        <translation>devolución fuera de las normas</translation>
    </message>
    <message>
        <source>return without network</source>
        <translation>devolución sin red</translation>
    </message>
    <message>
        <source>cash above the limit</source>
        <translation>efectivo por encima del límite</translation>
    </message>
    <message>
        <source>goodwill</source>
        <translation>gesto comercial</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>Conflict desk</source>
        <translation>Mesa de incidencias</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>What moves most money first</source>
        <translation>Primero lo que más dinero mueve</translation>
    </message>
    <message>
        <source>The latest first</source>
        <translation>Primero lo último</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abiertas</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Mías</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Resueltas</translation>
    </message>
    <message>
        <source>Nothing was decided yet</source>
        <translation>Aún no se ha resuelto nada</translation>
    </message>
    <message>
        <source>What till and centre cannot settle
by themselves is put here.</source>
        <translation>Aquí llega lo que caja y central
no pueden arreglar solas.</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>Nada por mirar</translation>
    </message>
    <message>
        <source>item {number}</source>
        <translation>incidencia {number}</translation>
    </message>
    <message>
        <source>At stake</source>
        <translation>En juego</translation>
    </message>
    <message>
        <source>What do we do?</source>
        <translation>¿Qué hacemos?</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Asignar</translation>
    </message>
</context>
<context>
    <name>DeskViewModel</name>
    <message>
        <source>nobody here may decide</source>
        <translation>aquí nadie puede decidir</translation>
    </message>
    <message>
        <source> or </source>
        <translation> o </translation>
    </message>
    <message>
        <source>{who} decides</source>
        <translation>decide {who}</translation>
    </message>
    <message>
        <source>Decided elsewhere before: {how} ({who}, {time}). That decision counts.</source>
        <translation>Ya se decidió en otro sitio: {how} ({who}, {time}). Vale esa decisión.</translation>
    </message>
    <message>
        <source>{how} · {who}, {time}</source>
        <translation>{how} · {who}, {time}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Note kept</source>
        <translation>Nota guardada</translation>
    </message>
    <message>
        <source>{name} looks after it</source>
        <translation>Se encarga {name}</translation>
    </message>
    <message>
        <source>Somebody decided it meanwhile</source>
        <translation>Alguien lo ha decidido mientras tanto</translation>
    </message>
    <message>
        <source>decided here, waits to be sent</source>
        <translation>decidido aquí, por enviar</translation>
    </message>
    <message>
        <source>unresolved, from {age}</source>
        <translation>sin resolver desde {age}</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>sin asignar</translation>
    </message>
    <message>
        <source>Decided here: {how}. It is being sent.</source>
        <translation>Decidido aquí: {how}. Se está enviando.</translation>
    </message>
    <message>
        <source>Decided here: {how}. It will be sent when the link is back.</source>
        <translation>Decidido aquí: {how}. Se enviará al volver la conexión.</translation>
    </message>
</context>
<context>
    <name>DiscountPanel</name>
    <message>
        <source>Discount</source>
        <translation>Descuento</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>Cupón</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Take off the discount</source>
        <translation>Quitar descuento</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>of {amount}</source>
        <translation>de {amount}</translation>
    </message>
    <message>
        <source>instead of the promotion {name}</source>
        <translation>en vez de la promoción {name}</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>How much, in {sign}</source>
        <translation>Cuánto, en {sign}</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>no hay ninguno</translation>
    </message>
</context>
<context>
    <name>DiscountViewModel</name>
    <message>
        <source>Discount on the ticket</source>
        <translation>Descuento del ticket</translation>
    </message>
    <message>
        <source>Discount on {name}</source>
        <translation>Descuento en {name}</translation>
    </message>
    <message>
        <source>Visible defect</source>
        <translation>Tara visible</translation>
    </message>
    <message>
        <source>Match the web</source>
        <translation>Igualar la web</translation>
    </message>
    <message>
        <source>After a complaint</source>
        <translation>Por una queja</translation>
    </message>
    <message>
        <source>key in how much</source>
        <translation>teclea cuánto</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>Cupón</translation>
    </message>
    <message>
        <source>As it stands below the code</source>
        <translation>Como está escrito bajo el código</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>Discount of {size} on the ticket</source>
        <translation>Descuento de {size} en el ticket</translation>
    </message>
    <message>
        <source>Discount of {size} on {name}</source>
        <translation>Descuento de {size} en {name}</translation>
    </message>
    <message>
        <source>at most {largest}</source>
        <translation>como mucho {largest}</translation>
    </message>
    <message>
        <source>{name} may give up to {limit}</source>
        <translation>{name} puede dar hasta un {limit}</translation>
    </message>
    <message>
        <source>{name} may not give discounts</source>
        <translation>{name} no puede dar descuentos</translation>
    </message>
    <message>
        <source>{text}; it carries {size} already</source>
        <translation>{text}; ahora lleva un {size}</translation>
    </message>
    <message>
        <source>more than there is</source>
        <translation>más de lo que cuesta</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>In goods</source>
        <translation>En artículos</translation>
    </message>
    <message>
        <source>Drawer open: close it when done</source>
        <translation>Cajón abierto: ciérralo al terminar</translation>
    </message>
    <message>
        <source>The drawer did not open: use its key</source>
        <translation>El cajón no se abrió: usa su llave</translation>
    </message>
    <message>
        <source>Without connection: checked later</source>
        <translation>Sin conexión: se comprobará después</translation>
    </message>
    <message>
        <source>The terminal is giving {amount} back…</source>
        <translation>El datáfono está devolviendo {amount}…</translation>
    </message>
    <message>
        <source>Give {amount} back at the terminal, then say how it went</source>
        <translation>Devuelve {amount} en el datáfono y di cómo ha ido</translation>
    </message>
    <message>
        <source>Receipt printed</source>
        <translation>Recibo impreso</translation>
    </message>
    <message>
        <source>Printing the receipt…</source>
        <translation>Imprimiendo el recibo…</translation>
    </message>
    <message>
        <source>The card has {amount} back</source>
        <translation>La tarjeta ya tiene {amount}</translation>
    </message>
    <message>
        <source>The terminal refused: the customer is still owed {amount}</source>
        <translation>El datáfono no lo admite: se le deben {amount} al cliente</translation>
    </message>
    <message>
        <source>The terminal contradicts itself: it is on the conflict desk</source>
        <translation>El datáfono se contradice: está en la mesa de conflictos</translation>
    </message>
    <message>
        <source>No answer about {amount} yet: it is asked for by itself</source>
        <translation>Aún sin respuesta sobre {amount}: se pregunta solo</translation>
    </message>
    <message>
        <source>{amount} go back to the card when the connection is back</source>
        <translation>{amount} volverán a la tarjeta al recuperar la conexión</translation>
    </message>
</context>
<context>
    <name>DoneView</name>
    <message>
        <source>Given back</source>
        <translation>Abonado</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Recibo {number}</translation>
    </message>
    <message>
        <source>Print a copy</source>
        <translation>Imprimir copia</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>Siguiente cliente</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Receipts {number} and {sale}</source>
        <translation>Recibos {number} y {sale}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>No se pudo</translation>
    </message>
    <message>
        <source>Pay it another way</source>
        <translation>Abonarlo de otra forma</translation>
    </message>
</context>
<context>
    <name>Elsewhere</name>
    <message>
        <source>Without connection the other shops cannot be asked</source>
        <translation>Sin conexión no se puede preguntar a las otras tiendas</translation>
    </message>
    <message>
        <source>Asking the other shops…</source>
        <translation>Preguntando a las otras tiendas…</translation>
    </message>
    <message>
        <source>The centre does not answer</source>
        <translation>La central no responde</translation>
    </message>
    <message>
        <source>No shop has an order like “{text}”</source>
        <translation>Ninguna tienda tiene un pedido «{text}»</translation>
    </message>
    <message>
        <source>{number}: {shop}, {state}</source>
        <translation>{number}: {shop}, {state}</translation>
    </message>
</context>
<context>
    <name>EmailEntryViewModel</name>
    <message>
        <source>Send the receipt by e-mail</source>
        <translation>Enviar el recibo por e-mail</translation>
    </message>
    <message>
        <source>It leaves when there is a link; nothing is lost until then.</source>
        <translation>Sale cuando haya conexión; hasta entonces no se pierde nada.</translation>
    </message>
    <message>
        <source>Your receipt {number} · {shop}</source>
        <translation>Tu recibo {number} · {shop}</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>Hand over {number} without the code</source>
        <translation>Entregar {number} sin el código</translation>
    </message>
    <message>
        <source>Hand over {number} without connection</source>
        <translation>Entregar {number} sin conexión</translation>
    </message>
    <message>
        <source>Document checked</source>
        <translation>Documento comprobado</translation>
    </message>
    <message>
        <source>Known customer</source>
        <translation>Cliente de confianza</translation>
    </message>
    <message>
        <source>Parcel in hand</source>
        <translation>Bulto en la mano</translation>
    </message>
    <message>
        <source>The order changed meanwhile: look at it again</source>
        <translation>El pedido ha cambiado entretanto: míralo otra vez</translation>
    </message>
    <message>
        <source>Give the discount on lines: on the whole it would reach the order</source>
        <translation>Haz el descuento por líneas: en el total alcanzaría al pedido</translation>
    </message>
    <message>
        <source>Too many lines for one ticket: charge the rest first</source>
        <translation>Demasiadas líneas para un ticket: cobra antes lo demás</translation>
    </message>
    <message>
        <source>Open a shift first: there is money to take</source>
        <translation>Abre antes un turno: hay que cobrar</translation>
    </message>
</context>
<context>
    <name>Exchanging</name>
    <message>
        <source>on the ticket already</source>
        <translation>ya está en el ticket</translation>
    </message>
    <message>
        <source>A ticket with goods that came back does not wait: finish it, or take them off</source>
        <translation>Con una devolución no se aparca: termina o quítala</translation>
    </message>
    <message>
        <source>The same goods are on the ticket already</source>
        <translation>Lo mismo ya está en el ticket</translation>
    </message>
</context>
<context>
    <name>Favourites</name>
    <message>
        <source>open price</source>
        <translation>precio libre</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Pickups in figures</source>
        <translation>Recogidas en cifras</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>No orders in this time</source>
        <translation>No hay pedidos en este tiempo</translation>
    </message>
    <message>
        <source>How fast orders are ready and handed over
is counted from the first one.</source>
        <translation>Lo rápido que se preparan y entregan los pedidos
se cuenta desde el primero.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 días</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 días</translation>
    </message>
</context>
<context>
    <name>FiguresViewModel</name>
    <message numerus="yes">
        <source>%n wishes</source>
        <translation>
            <numerusform>%n deseo</numerusform>
            <numerusform>%n deseos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n complaints</source>
        <translation>
            <numerusform>%n queja</numerusform>
            <numerusform>%n quejas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times praise</source>
        <translation>
            <numerusform>%n elogio</numerusform>
            <numerusform>%n elogios</numerusform>
        </translation>
    </message>
    <message>
        <source>Customers in 30 days: {said}</source>
        <translation>Clientes en 30 días: {said}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Contando…</translation>
    </message>
    <message>
        <source>whole shop, {age}</source>
        <translation>toda la tienda, {age}</translation>
    </message>
    <message>
        <source>as far as this till knows</source>
        <translation>lo que sabe esta caja</translation>
    </message>
    <message>
        <source>The centre does not answer, and told nothing of orders yet.</source>
        <translation>La central no responde y aún no ha enviado pedidos.</translation>
    </message>
    <message>
        <source>The centre does not answer: what other tills did is of {age}.</source>
        <translation>La central no responde: lo de otras cajas es de {age}.</translation>
    </message>
    <message>
        <source>Times to hand over are of this till only.</source>
        <translation>Los tiempos de entrega son solo de esta caja.</translation>
    </message>
    <message numerus="yes">
        <source>%n to prepare</source>
        <translation>
            <numerusform>%n por preparar</numerusform>
            <numerusform>%n por preparar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the shelf</source>
        <translation>
            <numerusform>%n en el estante</numerusform>
            <numerusform>%n en el estante</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of {all} orders</source>
        <translation>{count} de {all} pedidos</translation>
    </message>
    <message>
        <source>{count} of {all} pieces</source>
        <translation>{count} de {all} unidades</translation>
    </message>
    <message>
        <source>Until ready</source>
        <translation>Hasta estar listo</translation>
    </message>
    <message>
        <source>At the counter</source>
        <translation>En el mostrador</translation>
    </message>
    <message>
        <source>Waiting now</source>
        <translation>Esperando ahora</translation>
    </message>
    <message>
        <source>Nobody came</source>
        <translation>Sin recoger</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>todavía ninguno</translation>
    </message>
    <message>
        <source>Not to be had</source>
        <translation>Sin existencias</translation>
    </message>
    <message>
        <source>9 of 10 within {time}</source>
        <translation>9 de cada 10 en {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n pedido</numerusform>
            <numerusform>%n pedidos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindCustomerPanel</name>
    <message>
        <source>Find a customer</source>
        <translation>Buscar cliente</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Name, telephone, e-mail or card</source>
        <translation>Nombre, teléfono, correo o tarjeta</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuevo</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Cliente nuevo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>from the centre</source>
        <translation>de la central</translation>
    </message>
</context>
<context>
    <name>FindCustomerViewModel</name>
    <message>
        <source>{found} found</source>
        <translation>{found} encontrados</translation>
    </message>
    <message>
        <source>Type a name, a telephone or an e-mail, or scan the card</source>
        <translation>Teclea un nombre, un teléfono o un correo, o escanea la tarjeta</translation>
    </message>
    <message>
        <source>Nobody of that name is known here, and the centre does not answer</source>
        <translation>Aquí no se conoce a nadie así, y la central no responde</translation>
    </message>
    <message>
        <source>Nobody was found for “{text}”</source>
        <translation>Nadie responde a «{text}»</translation>
    </message>
</context>
<context>
    <name>FindView</name>
    <message>
        <source>Number of the receipt or order</source>
        <translation>Número de recibo o pedido</translation>
    </message>
    <message>
        <source>Looking in the central system…</source>
        <translation>Buscando en la central…</translation>
    </message>
    <message>
        <source>This till did not sell it.</source>
        <translation>No lo vendió esta caja.</translation>
    </message>
    <message>
        <source>Look at the number again.</source>
        <translation>Revisa el número.</translation>
    </message>
    <message>
        <source>Not among the latest here</source>
        <translation>No está entre las últimas de aquí</translation>
    </message>
    <message>
        <source>Enter looks further back, in the other shops and on the web.</source>
        <translation>Intro busca más atrás, en las otras tiendas y en la web.</translation>
    </message>
    <message>
        <source>No sale yet</source>
        <translation>Aún no hay ventas</translation>
    </message>
    <message>
        <source>Scan a receipt of any shop.</source>
        <translation>Escanea un recibo de cualquier tienda.</translation>
    </message>
    <message>
        <source>Without a receipt</source>
        <translation>Sin recibo</translation>
    </message>
    <message>
        <source>Scan what the customer shows</source>
        <translation>Escanea lo que trae el cliente</translation>
    </message>
    <message>
        <source>Receipt or e-receipt of any shop,
packing slip or pickup code.</source>
        <translation>Un recibo, en papel o en el móvil,
un albarán o un código de recogida.</translation>
    </message>
    <message>
        <source>Type its number</source>
        <translation>Escribir su número</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Look for it everywhere</source>
        <translation>Buscarlo en todas partes</translation>
    </message>
    <message>
        <source>Choose a recent sale</source>
        <translation>Elegir una venta reciente</translation>
    </message>
    <message>
        <source>Back to the sale</source>
        <translation>Volver a la venta</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>{text} is not known here, and there is no connection</source>
        <translation>{text} no consta aquí y no hay conexión</translation>
    </message>
    <message>
        <source>{text} is not known here, and the central system does not answer</source>
        <translation>{text} no consta aquí y la central no responde</translation>
    </message>
    <message>
        <source>{text} is no number of a receipt or order</source>
        <translation>{text} no es número de recibo ni de pedido</translation>
    </message>
    <message>
        <source>No receipt or order {text}, here or anywhere</source>
        <translation>No hay recibo ni pedido {text}, ni aquí ni en otro sitio</translation>
    </message>
    <message>
        <source>{text} was paid in another currency</source>
        <translation>{text} se pagó en otra moneda</translation>
    </message>
    <message>
        <source>Nothing of {text} was handed over and paid there: show its receipt</source>
        <translation>De {text} no se entregó y pagó nada allí: hace falta su recibo</translation>
    </message>
</context>
<context>
    <name>Finishing</name>
    <message>
        <source>no camera</source>
        <translation>sin cámara</translation>
    </message>
    <message>
        <source>Only with the receipt or the order</source>
        <translation>Solo con el recibo o el pedido</translation>
    </message>
    <message>
        <source>Finish or leave this return first</source>
        <translation>Termina o deja antes esta devolución</translation>
    </message>
    <message>
        <source>Nothing is left of what was paid for it</source>
        <translation>No queda nada de lo que se pagó</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Preguntar otra vez</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Seguir aquí</translation>
    </message>
</context>
<context>
    <name>GoodwillPanel</name>
    <message>
        <source>Compensation</source>
        <translation>Compensación</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Nothing comes back for it; the receipt says why.</source>
        <translation>No se devuelve nada a cambio; el recibo dice por qué.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Next reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>GoodwillViewModel</name>
    <message>
        <source>{purchase}: {amount} left of what was paid</source>
        <translation>{purchase}: quedan {amount} de lo pagado</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Retraso</translation>
    </message>
    <message>
        <source>Small flaw</source>
        <translation>Pequeño defecto</translation>
    </message>
    <message>
        <source>Price difference</source>
        <translation>Diferencia de precio</translation>
    </message>
    <message>
        <source>Bad service</source>
        <translation>Mal servicio</translation>
    </message>
    <message>
        <source>at most {most}</source>
        <translation>como mucho {most}</translation>
    </message>
    <message>
        <source>type the amount</source>
        <translation>teclea el importe</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
</context>
<context>
    <name>GoodwillWays</name>
    <message>
        <source>Compensation</source>
        <translation>Compensación</translation>
    </message>
    <message>
        <source>asking the central system</source>
        <translation>preguntando a la central</translation>
    </message>
    <message>
        <source>something of it came back meanwhile</source>
        <translation>entretanto se ha devuelto algo</translation>
    </message>
    <message>
        <source>Compensate with {amount}</source>
        <translation>Compensar con {amount}</translation>
    </message>
    <message>
        <source>The central system knows more of it: look at it again</source>
        <translation>La central sabe más de esta compra: revísala</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>Order</source>
        <translation>Pedido</translation>
    </message>
    <message>
        <source>{amount} go back by the way it was paid</source>
        <translation>{amount} se devuelven por el medio con que se pagó</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Charge and hand over</source>
        <translation>Cobrar y entregar</translation>
    </message>
    <message>
        <source>somebody has to allow it</source>
        <translation>alguien tiene que autorizarlo</translation>
    </message>
    <message>
        <source>For those of {age} or older: look at a document</source>
        <translation>Solo para mayores de {age} años: mira un documento</translation>
    </message>
    <message>
        <source>Is {age}</source>
        <translation>Tiene {age}</translation>
    </message>
    <message>
        <source>Scan or type the serial number of each piece</source>
        <translation>Escanea o escribe el número de serie de cada pieza</translation>
    </message>
    <message>
        <source>Type it</source>
        <translation>Escribirlo</translation>
    </message>
    <message>
        <source>Without connection: scan every label. Last confirmed {age}</source>
        <translation>Sin conexión: escanea cada etiqueta. Última confirmación: {age}</translation>
    </message>
    <message>
        <source>Held until {day}: it may still be handed over</source>
        <translation>Guardado hasta el {day}: aún se puede entregar</translation>
    </message>
    <message>
        <source>It was not handed over</source>
        <translation>No se ha entregado</translation>
    </message>
    <message>
        <source>Another till handed it over</source>
        <translation>Lo entregó otra caja</translation>
    </message>
    <message>
        <source>Too late: what comes back now is a return</source>
        <translation>Ya es tarde: lo que vuelva ahora es una devolución</translation>
    </message>
    <message>
        <source>It was paid here: goods and money come back together, by a return</source>
        <translation>Se pagó aquí: género y dinero vuelven juntos, con una devolución</translation>
    </message>
    <message>
        <source>Something of it came back already: the rest is a return too</source>
        <translation>Ya se devolvió una parte: el resto también va como devolución</translation>
    </message>
    <message>
        <source>Money for what stayed is on its way back: it can only come as a return</source>
        <translation>El dinero de lo que dejó ya se está devolviendo: solo puede volver como devolución</translation>
    </message>
    <message>
        <source>Hand over {number}</source>
        <translation>Entregar {number}</translation>
    </message>
    <message>
        <source>Pays on collection</source>
        <translation>Paga al recoger</translation>
    </message>
    <message>
        <source>Parcel {one} of {all}</source>
        <translation>Bulto {one} de {all}</translation>
    </message>
    <message>
        <source>shelf {shelf}</source>
        <translation>estante {shelf}</translation>
    </message>
    <message>
        <source>goes back on sale</source>
        <translation>vuelve a la venta</translation>
    </message>
    <message>
        <source>{count} go back on sale</source>
        <translation>{count} a la venta</translation>
    </message>
    <message>
        <source>{count} could not be had</source>
        <translation>faltan {count}</translation>
    </message>
    <message>
        <source>Who collects it?</source>
        <translation>¿Quién lo recoge?</translation>
    </message>
    <message>
        <source>May collect it: it is {name}</source>
        <translation>Puede recogerlo: es {name}</translation>
    </message>
    <message>
        <source>Code {code}, valid signature</source>
        <translation>Código {code}, firma válida</translation>
    </message>
    <message>
        <source>Said the code {code}</source>
        <translation>Ha dicho el código {code}</translation>
    </message>
    <message>
        <source>Showed the member card</source>
        <translation>Ha enseñado la tarjeta de cliente</translation>
    </message>
    <message>
        <source>Scan the code on the phone</source>
        <translation>Escanea el código del móvil</translation>
    </message>
    <message>
        <source>Ask for the code</source>
        <translation>Pide el código</translation>
    </message>
    <message>
        <source>Ask for a document</source>
        <translation>Pide un documento</translation>
    </message>
    <message>
        <source>Scan the member card</source>
        <translation>Escanea la tarjeta de cliente</translation>
    </message>
    <message>
        <source>Identity card</source>
        <translation>DNI</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Pasaporte</translation>
    </message>
    <message>
        <source>Driving licence</source>
        <translation>Carné de conducir</translation>
    </message>
    <message>
        <source>asking the central system</source>
        <translation>preguntando a la central</translation>
    </message>
    <message>
        <source>who collects it?</source>
        <translation>¿quién lo recoge?</translation>
    </message>
    <message>
        <source>the signature is missing</source>
        <translation>falta la firma</translation>
    </message>
    <message>
        <source>look at the age first</source>
        <translation>comprueba antes la edad</translation>
    </message>
    <message>
        <source>a serial number is missing</source>
        <translation>falta un número de serie</translation>
    </message>
    <message>
        <source>Without connection, and worth {amount}</source>
        <translation>Sin conexión, y vale {amount}</translation>
    </message>
    <message>
        <source>Never confirmed by the central system</source>
        <translation>La central nunca lo ha confirmado</translation>
    </message>
    <message>
        <source>Last confirmed {age}</source>
        <translation>Última confirmación: {age}</translation>
    </message>
    <message>
        <source>Without connection and without a label</source>
        <translation>Sin conexión y sin etiqueta</translation>
    </message>
    <message>
        <source>Without what the order asks for</source>
        <translation>Sin lo que pide el pedido</translation>
    </message>
    <message>
        <source>Collected already</source>
        <translation>Ya recogido</translation>
    </message>
    <message>
        <source>{till} handed it over at {time}.</source>
        <translation>Lo entregó la {till} a las {time}.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Do not hand it over: put it back and let the customer know.</source>
        <translation>No lo entregues: devuélvelo a su sitio y díselo al cliente.</translation>
    </message>
    <message>
        <source>It is being cancelled</source>
        <translation>Se está cancelando</translation>
    </message>
    <message>
        <source>Cancelling was asked for and is not decided: do not hand it over.</source>
        <translation>Se ha pedido cancelarlo y no está decidido: no lo entregues.</translation>
    </message>
    <message>
        <source>It is in another shop</source>
        <translation>Está en otra tienda</translation>
    </message>
    <message>
        <source>It waits in {shop}.</source>
        <translation>Espera en {shop}.</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Aún no está listo</translation>
    </message>
    <message>
        <source>Its payment is not confirmed</source>
        <translation>El pago no está confirmado</translation>
    </message>
    <message>
        <source>It was to be paid online. The centre asks the payment provider; until it says yes, keep the goods here.</source>
        <translation>Tenía que pagarse en la web. La central pregunta a la pasarela de pago; hasta que diga que sí, el género se queda aquí.</translation>
    </message>
    <message>
        <source>Another till</source>
        <translation>otra caja</translation>
    </message>
    <message>
        <source>The code is for the shop {shop}.</source>
        <translation>El código es de la tienda {shop}.</translation>
    </message>
    <message>
        <source>The code is not ours: nobody signed it. Do not hand anything over.</source>
        <translation>El código no es nuestro: nadie lo ha firmado. No entregues nada.</translation>
    </message>
    <message>
        <source>The code is too old: its last day of holding is over.</source>
        <translation>El código ha caducado: ya pasó su último día.</translation>
    </message>
    <message>
        <source>The code is good, and this till knows no such order.</source>
        <translation>El código es bueno, pero esta caja no conoce el pedido.</translation>
    </message>
    <message>
        <source>The order was collected.</source>
        <translation>El pedido ya se recogió.</translation>
    </message>
    <message>
        <source>The order was cancelled: do not hand it over.</source>
        <translation>El pedido se canceló: no lo entregues.</translation>
    </message>
    <message>
        <source>A newer code was given out: ask for the latest message.</source>
        <translation>Hay un código más nuevo: pide el último mensaje.</translation>
    </message>
    <message>
        <source>The order changed and this till has not heard how.</source>
        <translation>El pedido ha cambiado y esta caja aún no sabe cómo.</translation>
    </message>
    <message>
        <source>That parcel is of another order</source>
        <translation>Ese bulto es de otro pedido</translation>
    </message>
    <message>
        <source>That parcel does not stand here</source>
        <translation>Ese bulto no está aquí</translation>
    </message>
    <message>
        <source>A newer label of that parcel was printed: scan that one</source>
        <translation>Se imprimió una etiqueta más nueva de ese bulto: escanea esa</translation>
    </message>
</context>
<context>
    <name>HandoverCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n bulto</numerusform>
            <numerusform>%n bultos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels to scan</source>
        <translation>
            <numerusform>falta escanear %n bulto</numerusform>
            <numerusform>faltan escanear %n bultos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n scanned</source>
        <translation>
            <numerusform>{done} de %n escaneado</numerusform>
            <numerusform>{done} de %n escaneados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Received: %n articles</source>
        <translation>
            <numerusform>Recibo conforme %n artículo</numerusform>
            <numerusform>Recibo conforme %n artículos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leaves %n articles</source>
        <translation>
            <numerusform>Deja %n artículo</numerusform>
            <numerusform>Deja %n artículos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adds %n articles</source>
        <translation>
            <numerusform>Añade %n artículo</numerusform>
            <numerusform>Añade %n artículos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverPage</name>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Parcels in hand</source>
        <translation>Bultos en la mano</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Dejar</translation>
    </message>
    <message>
        <source>Scan more: it goes on the same ticket</source>
        <translation>Escanea algo más: va al mismo ticket</translation>
    </message>
    <message>
        <source>Tries it on</source>
        <translation>Se lo prueba</translation>
    </message>
    <message>
        <source>Leave all</source>
        <translation>Dejar todo</translation>
    </message>
    <message>
        <source>Other person</source>
        <translation>Otra persona</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>To charge</source>
        <translation>Por cobrar</translation>
    </message>
    <message>
        <source>asking the central system</source>
        <translation>preguntando a la central</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Takes it?</source>
        <translation>¿Se lo lleva?</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artículo</translation>
    </message>
</context>
<context>
    <name>HandoverViewModel</name>
    <message>
        <source>Add that on the sale screen: it asks for more</source>
        <translation>Añádelo en la pantalla de venta: hay que preguntar algo más</translation>
    </message>
    <message>
        <source>Nothing has that code: {text}</source>
        <translation>Nada tiene ese código: {text}</translation>
    </message>
</context>
<context>
    <name>HeaderViewModel</name>
    <message>
        <source>Till {number}</source>
        <translation>Caja {number}</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En línea</translation>
    </message>
    <message>
        <source>Delayed</source>
        <translation>Con retraso</translation>
    </message>
    <message>
        <source>last data {age}</source>
        <translation>último dato {age}</translation>
    </message>
    <message>
        <source>Touch here for what to do</source>
        <translation>Toca aquí para saber qué hacer</translation>
    </message>
    <message numerus="yes">
        <source>%n items to look at</source>
        <translation>
            <numerusform>%n incidencia</numerusform>
            <numerusform>%n incidencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pickups late</source>
        <translation>
            <numerusform>%n recogida tarde</numerusform>
            <numerusform>%n recogidas tarde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new pickups</source>
        <translation>
            <numerusform>%n recogida nueva</numerusform>
            <numerusform>%n recogidas nuevas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n nueva</numerusform>
            <numerusform>%n nuevas</numerusform>
        </translation>
    </message>
    <message>
        <source>to collect</source>
        <translation>por recoger</translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n tarde</numerusform>
            <numerusform>%n tarde</numerusform>
        </translation>
    </message>
    <message>
        <source>Selling as usual. Everything is saved.</source>
        <translation>Se vende igual. Todo queda guardado.</translation>
    </message>
    <message>
        <source>It will be sent by itself when the link is back</source>
        <translation>Se enviará solo al volver la conexión</translation>
    </message>
    <message>
        <source>Selling as usual</source>
        <translation>Se vende igual</translation>
    </message>
    <message>
        <source>Everything is saved</source>
        <translation>Todo guardado</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>Sin conexión desde {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n por enviar</numerusform>
            <numerusform>%n por enviar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldPhotos</name>
    <message numerus="yes">
        <source>%n photos stored</source>
        <translation>
            <numerusform>%n foto guardada</numerusform>
            <numerusform>%n fotos guardadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Only {stored} of {taken} photos could be stored: the return stands</source>
        <translation>Solo se pudieron guardar {stored} de {taken} fotos: la devolución vale igual</translation>
    </message>
    <message>
        <source>The photos could not be stored: the return stands</source>
        <translation>Las fotos no se pudieron guardar: la devolución vale igual</translation>
    </message>
</context>
<context>
    <name>HelpPanel</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>HelpViewModel</name>
    <message>
        <source>Three of the next article, scanned or keyed</source>
        <translation>Tres del siguiente artículo, escaneado o tecleado</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Take the code; with nothing typed, change the chosen line</source>
        <translation>Tomar el código; sin teclear nada, cambiar la línea elegida</translation>
    </message>
    <message>
        <source>Choose a line</source>
        <translation>Elegir una línea</translation>
    </message>
    <message>
        <source>Find by name, brand or code</source>
        <translation>Buscar por nombre, marca o código</translation>
    </message>
    <message>
        <source>Find or open the customer</source>
        <translation>Buscar o abrir el cliente</translation>
    </message>
    <message>
        <source>Park the ticket, or take a parked one up</source>
        <translation>Aparcar el ticket o recuperar uno aparcado</translation>
    </message>
    <message>
        <source>Orders to collect</source>
        <translation>Recogidas</translation>
    </message>
    <message>
        <source>Take something back; there F8: without receipt, F9: exchange</source>
        <translation>Devolver; allí F8: sin recibo, F9: cambiar</translation>
    </message>
    <message>
        <source>Discount on the line or the ticket</source>
        <translation>Descuento en la línea o en el ticket</translation>
    </message>
    <message>
        <source>Price and stock without selling</source>
        <translation>Precio y stock sin vender</translation>
    </message>
    <message>
        <source>Open the drawer, with a reason</source>
        <translation>Abrir el cajón, con un motivo</translation>
    </message>
    <message>
        <source>Take payment</source>
        <translation>Cobrar</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <source>Void the chosen line</source>
        <translation>Anular la línea elegida</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message>
        <source>In an exchange: the same again</source>
        <translation>En un cambio: lo mismo otra vez</translation>
    </message>
    <message>
        <source>People, cash, receipts, language</source>
        <translation>Personas, caja, recibos, idioma</translation>
    </message>
    <message>
        <source>Lock; the ticket stays</source>
        <translation>Bloquear; el ticket se queda</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Un paso atrás</translation>
    </message>
</context>
<context>
    <name>IdentityPanel</name>
    <message>
        <source>Who collects it?</source>
        <translation>¿Quién lo recoge?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Enseña</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>IdentityViewModel</name>
    <message>
        <source>The customer</source>
        <translation>El cliente</translation>
    </message>
    <message>
        <source>Somebody else…</source>
        <translation>Otra persona…</translation>
    </message>
    <message>
        <source>Member card</source>
        <translation>Tarjeta de cliente</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>The code of the message, such as {code}</source>
        <translation>El código del mensaje, como {code}</translation>
    </message>
    <message>
        <source>The number of the card</source>
        <translation>El número de la tarjeta</translation>
    </message>
    <message>
        <source>The last four signs of the document</source>
        <translation>Los cuatro últimos signos del documento</translation>
    </message>
    <message>
        <source>Who collects it?</source>
        <translation>¿Quién lo recoge?</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Otra persona</translation>
    </message>
</context>
<context>
    <name>InGoods</name>
    <message>
        <source>The permission ran out: ask for it again</source>
        <translation>La autorización ha caducado: pídela otra vez</translation>
    </message>
    <message>
        <source>Open a shift first: money goes out</source>
        <translation>Abre antes un turno: sale dinero</translation>
    </message>
    <message>
        <source>Other goods that came back are on the ticket already</source>
        <translation>El ticket ya tiene otra devolución</translation>
    </message>
</context>
<context>
    <name>Job</name>
    <message>
        <source>No parcel is asked for here</source>
        <translation>Aquí no se pide ningún bulto</translation>
    </message>
    <message>
        <source>No shelf is asked for here</source>
        <translation>Aquí no se pide ningún estante</translation>
    </message>
    <message>
        <source>That is neither a parcel nor a shelf</source>
        <translation>No es un bulto ni un estante</translation>
    </message>
</context>
<context>
    <name>LineEditPanel</name>
    <message>
        <source>Change the line</source>
        <translation>Cambiar la línea</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Cantidad</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Precio</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Descuento</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Void line</source>
        <translation>Anular línea</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>Precio por unidad</translation>
    </message>
    <message>
        <source>key in another value</source>
        <translation>teclea otro valor</translation>
    </message>
</context>
<context>
    <name>LineEditViewModel</name>
    <message>
        <source>the label fixes it</source>
        <translation>lo fija la etiqueta</translation>
    </message>
    <message>
        <source>Note on {name}</source>
        <translation>Nota en {name}</translation>
    </message>
    <message>
        <source>It is printed on the receipt.</source>
        <translation>Se imprime en el recibo.</translation>
    </message>
    <message>
        <source>whole pieces, from 1</source>
        <translation>unidades enteras, desde 1</translation>
    </message>
    <message>
        <source>above 0, at most {most}</source>
        <translation>más de 0 y como mucho {most}</translation>
    </message>
    <message>
        <source>from 0 to {most}</source>
        <translation>de 0 a {most}</translation>
    </message>
    <message numerus="yes">
        <source>at most %n decimals</source>
        <translation>
            <numerusform>como mucho %n decimal</numerusform>
            <numerusform>como mucho %n decimales</numerusform>
        </translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>no es un número</translation>
    </message>
    <message>
        <source>{price} instead of {before} for {name}</source>
        <translation>{price} en vez de {before} por {name}</translation>
    </message>
    <message>
        <source>Shelf label differs</source>
        <translation>Etiqueta distinta</translation>
    </message>
    <message>
        <source>Match the web</source>
        <translation>Igualar la web</translation>
    </message>
    <message>
        <source>Visible defect</source>
        <translation>Tara visible</translation>
    </message>
    <message>
        <source>{name} may not change prices</source>
        <translation>{name} no puede cambiar precios</translation>
    </message>
    <message>
        <source>that cannot be</source>
        <translation>no puede ser</translation>
    </message>
</context>
<context>
    <name>LinkPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Sincronización</translation>
    </message>
</context>
<context>
    <name>LinkViewModel</name>
    <message>
        <source>What changes while offline</source>
        <translation>Qué cambia sin conexión</translation>
    </message>
    <message>
        <source>Link with the central system</source>
        <translation>Enlace con la central</translation>
    </message>
    <message>
        <source>Sending has stopped; it is started again by itself</source>
        <translation>El envío se ha parado; arranca otra vez solo</translation>
    </message>
    <message>
        <source>Nothing is sent now</source>
        <translation>Ahora no se envía nada</translation>
    </message>
    <message>
        <source>A shift lead sees why at Synchronisation; nothing is lost</source>
        <translation>El motivo está en Sincronización; no se ha perdido nada</translation>
    </message>
    <message>
        <source>Very old prices</source>
        <translation>Precios muy antiguos</translation>
    </message>
    <message numerus="yes">
        <source>%n acts saved, they will be sent by themselves</source>
        <translation>
            <numerusform>%n operación guardada, se enviará sola</numerusform>
            <numerusform>%n operaciones guardadas, se enviarán solas</numerusform>
        </translation>
    </message>
    <message>
        <source>everything has been sent</source>
        <translation>está todo enviado</translation>
    </message>
    <message>
        <source>Key the amount in by hand if it has no line either</source>
        <translation>Importe a mano si tampoco tiene línea</translation>
    </message>
    <message>
        <source>Parked tickets: those of this till</source>
        <translation>Aparcados: los de esta caja</translation>
    </message>
    <message>
        <source>Those of other tills when the link is back</source>
        <translation>Los de otras cajas, al volver la conexión</translation>
    </message>
    <message>
        <source>Authorisations: by PIN or badge, here</source>
        <translation>Autorizaciones: aquí, con PIN o tarjeta</translation>
    </message>
    <message>
        <source>Nobody can be asked from afar</source>
        <translation>A distancia no se puede pedir</translation>
    </message>
    <message>
        <source>Receipts: those of this till</source>
        <translation>Recibos: los de esta caja</translation>
    </message>
    <message>
        <source>Those of other tills and shops when the link is back</source>
        <translation>Los de otras cajas y tiendas, al volver la conexión</translation>
    </message>
    <message>
        <source>Parked tickets: of every till</source>
        <translation>Aparcados: los de todas las cajas</translation>
    </message>
    <message>
        <source>Authorisations: here or from afar</source>
        <translation>Autorizaciones: aquí o a distancia</translation>
    </message>
    <message>
        <source>Offline by PIN or badge, here</source>
        <translation>Sin conexión, aquí con PIN o tarjeta</translation>
    </message>
    <message>
        <source>Receipts: of every till and shop</source>
        <translation>Recibos: de todas las cajas y tiendas</translation>
    </message>
    <message>
        <source>Offline those of this till</source>
        <translation>Sin conexión, los de esta caja</translation>
    </message>
    <message>
        <source>Selling, cash, receipts, shift: as ever</source>
        <translation>Vender, efectivo, recibos, caja: igual</translation>
    </message>
    <message>
        <source>Card: the terminal decides</source>
        <translation>Tarjeta: el terminal decide</translation>
    </message>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n operación apartada</numerusform>
            <numerusform>%n operaciones apartadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadCardViewModel</name>
    <message>
        <source>Which gift card is it for?</source>
        <translation>¿Para qué tarjeta regalo es?</translation>
    </message>
    <message>
        <source>That is a credit note, not a gift card</source>
        <translation>Eso es un vale, no una tarjeta regalo</translation>
    </message>
    <message>
        <source>That card is on the ticket already</source>
        <translation>Esa tarjeta ya está en el ticket</translation>
    </message>
</context>
<context>
    <name>LookUp</name>
    <message>
        <source>Copy of the central system as of {time}</source>
        <translation>Copia de la central de las {time}</translation>
    </message>
    <message>
        <source>No receipt {number} of {shop}, here or in the central system</source>
        <translation>No hay ningún recibo {number} de {shop}, ni aquí ni en la central</translation>
    </message>
    <message>
        <source>No receipt {number}, here or in the central system</source>
        <translation>No hay ningún recibo {number}, ni aquí ni en la central</translation>
    </message>
    <message>
        <source>That is no receipt&apos;s number</source>
        <translation>Ese no es un número de recibo</translation>
    </message>
    <message>
        <source>Receipt {number}: the central system does not answer</source>
        <translation>Recibo {number}: la central no responde</translation>
    </message>
</context>
<context>
    <name>LookingPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
</context>
<context>
    <name>LookingViewModel</name>
    <message>
        <source>Photo {place} of {count} · {number}</source>
        <translation>Foto {place} de {count} · {number}</translation>
    </message>
    <message>
        <source>This photo is not kept any more</source>
        <translation>Esta foto ya no se guarda</translation>
    </message>
</context>
<context>
    <name>MenuPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>MenuViewModel</name>
    <message>
        <source>finish the payment first</source>
        <translation>acaba antes el cobro</translation>
    </message>
    <message>
        <source>no shift is open</source>
        <translation>no hay turno abierto</translation>
    </message>
    <message>
        <source>a ticket is open</source>
        <translation>hay un ticket abierto</translation>
    </message>
    <message>
        <source>no open ticket</source>
        <translation>no hay ticket abierto</translation>
    </message>
    <message>
        <source>the ticket stays</source>
        <translation>el ticket se queda</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Change person</source>
        <translation>Cambiar de persona</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Recibos</translation>
    </message>
    <message>
        <source>Cash and shift</source>
        <translation>Caja y turno</translation>
    </message>
    <message>
        <source>Close shift</source>
        <translation>Cerrar turno</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Sincronización</translation>
    </message>
    <message>
        <source>Cancel ticket</source>
        <translation>Cancelar ticket</translation>
    </message>
    <message>
        <source>Pickups in figures</source>
        <translation>Recogidas en cifras</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n abierta</numerusform>
            <numerusform>%n abiertas</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing open</source>
        <translation>nada abierto</translation>
    </message>
    <message>
        <source>Conflict desk</source>
        <translation>Incidencias</translation>
    </message>
    <message>
        <source>ready for an outage</source>
        <translation>lista sin conexión</translation>
    </message>
    <message>
        <source>not ready for an outage</source>
        <translation>no lista sin conexión</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>what it sees</source>
        <translation>lo que ve</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Sin sonido</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Con sonido</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Sonidos</translation>
    </message>
</context>
<context>
    <name>MorePanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>MoreViewModel</name>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Shelves</source>
        <translation>Estantes</translation>
    </message>
    <message>
        <source>Receive parcels</source>
        <translation>Recibir bultos</translation>
    </message>
    <message>
        <source>Back to stock</source>
        <translation>Devolver al stock</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>no hay nada</translation>
    </message>
    <message>
        <source>Customer left</source>
        <translation>Se ha ido</translation>
    </message>
    <message>
        <source>Customer is here</source>
        <translation>El cliente está aquí</translation>
    </message>
    <message>
        <source>not on its shelf</source>
        <translation>no está en su estante</translation>
    </message>
    <message>
        <source>prepared already</source>
        <translation>ya preparada</translation>
    </message>
    <message>
        <source>held as long as can be</source>
        <translation>no se puede alargar más</translation>
    </message>
    <message>
        <source>asked for already</source>
        <translation>ya pedido</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>no está lista</translation>
    </message>
    <message>
        <source>Prepare with others</source>
        <translation>Preparar con otras</translation>
    </message>
    <message>
        <source>Move, labels</source>
        <translation>Mover, etiquetas</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Tell again</source>
        <translation>Avisar otra vez</translation>
    </message>
    <message>
        <source>Keep longer</source>
        <translation>Guardar más</translation>
    </message>
    <message>
        <source>To another shop</source>
        <translation>A otra tienda</translation>
    </message>
    <message>
        <source>Ask to cancel</source>
        <translation>Pedir anulación</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Cifras</translation>
    </message>
    <message>
        <source>The customer waits at the counter</source>
        <translation>El cliente espera en el mostrador</translation>
    </message>
    <message>
        <source>It is held as long as the shop allows</source>
        <translation>Ya se guarda todo lo que permite la tienda</translation>
    </message>
    <message>
        <source>Kept until {day}</source>
        <translation>Se guarda hasta {day}</translation>
    </message>
    <message>
        <source>The customer will be told once more</source>
        <translation>Se avisará otra vez al cliente</translation>
    </message>
    <message>
        <source>To which shop?</source>
        <translation>¿A qué tienda?</translation>
    </message>
    <message>
        <source>Its code, such as GOYA. The centre moves the order.</source>
        <translation>Su código, como GOYA. La central mueve el pedido.</translation>
    </message>
    <message>
        <source>The centre is asked to move it to {shop}</source>
        <translation>Pedido a la central que lo mueva a {shop}</translation>
    </message>
    <message>
        <source>Why is it cancelled?</source>
        <translation>¿Por qué se anula?</translation>
    </message>
    <message>
        <source>The centre cancels the order and pays back what was paid.</source>
        <translation>La central anula el pedido y devuelve lo pagado.</translation>
    </message>
    <message>
        <source>Cancel order {number}</source>
        <translation>Anular el pedido {number}</translation>
    </message>
    <message>
        <source>The centre is asked to cancel it</source>
        <translation>Pedida la anulación a la central</translation>
    </message>
</context>
<context>
    <name>MovementPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>A slip is printed and the drawer opens.</source>
        <translation>Se imprime un resguardo y se abre el cajón.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Next reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>MovementViewModel</name>
    <message>
        <source>Cash paid in</source>
        <translation>Entrada de efectivo</translation>
    </message>
    <message>
        <source>Cash paid out</source>
        <translation>Salida de efectivo</translation>
    </message>
    <message>
        <source>Drop to the safe</source>
        <translation>Retirada a la caja fuerte</translation>
    </message>
    <message>
        <source>Cash that comes into the drawer without a sale.</source>
        <translation>Efectivo que entra en el cajón sin venta.</translation>
    </message>
    <message>
        <source>Cash that leaves the drawer for a purpose.</source>
        <translation>Efectivo que sale del cajón para algo.</translation>
    </message>
    <message>
        <source>Cash that goes from the drawer to the safe.</source>
        <translation>Efectivo que pasa del cajón a la caja fuerte.</translation>
    </message>
    <message>
        <source>Change from the bank</source>
        <translation>Cambio del banco</translation>
    </message>
    <message>
        <source>More float</source>
        <translation>Más fondo</translation>
    </message>
    <message>
        <source>Paid back</source>
        <translation>Devolución</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>Proveedor</translation>
    </message>
    <message>
        <source>Small expense</source>
        <translation>Gasto menor</translation>
    </message>
    <message>
        <source>Change to the bank</source>
        <translation>Cambio al banco</translation>
    </message>
    <message>
        <source>Too much cash</source>
        <translation>Exceso de efectivo</translation>
    </message>
    <message>
        <source>End of the day</source>
        <translation>Fin del día</translation>
    </message>
    <message>
        <source>To the bank</source>
        <translation>Al banco</translation>
    </message>
    <message>
        <source>at most {most}</source>
        <translation>como mucho {most}</translation>
    </message>
    <message>
        <source>type the amount</source>
        <translation>teclea el importe</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>{name} may not do it alone; reason: {reason}</source>
        <translation>{name} no puede hacerlo por su cuenta; motivo: {reason}</translation>
    </message>
</context>
<context>
    <name>NotePanel</name>
    <message>
        <source>What the customer says</source>
        <translation>Lo que dice el cliente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>«{words}»</translation>
    </message>
    <message>
        <source>Change the words</source>
        <translation>Cambiar el texto</translation>
    </message>
    <message>
        <source>With words…</source>
        <translation>Con un texto…</translation>
    </message>
    <message>
        <source>Wish</source>
        <translation>Deseo</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Queja</translation>
    </message>
    <message>
        <source>Praise</source>
        <translation>Elogio</translation>
    </message>
    <message>
        <source>Counted for the shop; the ticket stays as it is.</source>
        <translation>Se cuenta para la tienda; el ticket sigue igual.</translation>
    </message>
</context>
<context>
    <name>NoteViewModel</name>
    <message>
        <source>Something the shop does not have</source>
        <translation>Algo que la tienda no tiene</translation>
    </message>
    <message>
        <source>write what is wanted</source>
        <translation>escribe lo que piden</translation>
    </message>
    <message>
        <source>Noted: a wish</source>
        <translation>Anotado: un deseo</translation>
    </message>
    <message>
        <source>Noted: a complaint</source>
        <translation>Anotado: una queja</translation>
    </message>
    <message>
        <source>Noted: praise</source>
        <translation>Anotado: un elogio</translation>
    </message>
    <message>
        <source>In the customer&apos;s words</source>
        <translation>Con las palabras del cliente</translation>
    </message>
    <message>
        <source>No names, no telephone numbers, no addresses: it is kept for good.</source>
        <translation>Sin nombres, teléfonos ni direcciones: se guarda para siempre.</translation>
    </message>
</context>
<context>
    <name>OnlineCart</name>
    <message>
        <source>no connection</source>
        <translation>sin conexión</translation>
    </message>
    <message>
        <source>the ticket is being paid</source>
        <translation>el ticket se está cobrando</translation>
    </message>
    <message>
        <source>The cart cannot be taken over: {why}</source>
        <translation>No se puede traer el carrito: {why}</translation>
    </message>
    <message>
        <source>The cart cannot be taken over: no connection</source>
        <translation>No se puede traer el carrito: sin conexión</translation>
    </message>
    <message>
        <source>{till} has the cart since {time}</source>
        <translation>{till} tiene el carrito desde las {time}</translation>
    </message>
    <message>
        <source>The cart is empty</source>
        <translation>El carrito está vacío</translation>
    </message>
    <message>
        <source>The cart was changed on the web just now: look again</source>
        <translation>El carrito acaba de cambiar en la web: mira otra vez</translation>
    </message>
    <message>
        <source>web price</source>
        <translation>precio web</translation>
    </message>
    <message>
        <source>The cart does not fit on this ticket</source>
        <translation>El carrito no cabe en este ticket</translation>
    </message>
    <message>
        <source>The ticket is being paid</source>
        <translation>El ticket se está cobrando</translation>
    </message>
</context>
<context>
    <name>OpenShiftPage</name>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Count the float in the drawer</source>
        <translation>Cuenta el fondo del cajón</translation>
    </message>
    <message>
        <source>What is in it before the first sale; it may be nothing.</source>
        <translation>Lo que hay antes de la primera venta; puede ser nada.</translation>
    </message>
    <message>
        <source>Business day</source>
        <translation>Día contable</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>Día anterior</translation>
    </message>
    <message>
        <source>Day after</source>
        <translation>Día siguiente</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Fondo</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Open shift</source>
        <translation>Abrir turno</translation>
    </message>
    <message>
        <source>Change person</source>
        <translation>Cambiar de persona</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoy</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Billetes</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>Monedas</translation>
    </message>
</context>
<context>
    <name>OpenShiftViewModel</name>
    <message>
        <source>Till {number}</source>
        <translation>Caja {number}</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>ayer</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoy</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>mañana</translation>
    </message>
    <message>
        <source>This till is out of service: no other shift can be opened</source>
        <translation>Esta caja está dada de baja: no se puede abrir otro turno</translation>
    </message>
    <message>
        <source>Open the shift first</source>
        <translation>Abre antes el turno</translation>
    </message>
</context>
<context>
    <name>OverridePanel</name>
    <message>
        <source>An authorisation is needed</source>
        <translation>Hace falta una autorización</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Who authorises it?</source>
        <translation>¿Quién lo autoriza?</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Otra persona</translation>
    </message>
    <message>
        <source>Authorise</source>
        <translation>Autorizar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>and back</source>
        <translation>y volver</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>{name}, key in your PIN</source>
        <translation>{name}, teclea tu PIN</translation>
    </message>
    <message>
        <source>In the journal: {asker} asks, {name} authorises.</source>
        <translation>Queda en el diario: lo pide {asker}, lo autoriza {name}.</translation>
    </message>
    <message>
        <source>or scan your badge</source>
        <translation>o escanea tu tarjeta</translation>
    </message>
    <message>
        <source>A manager has been asked. The PIN is still good here.</source>
        <translation>Pedido a gerencia. Aquí el PIN sigue valiendo.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Comprobando…</translation>
    </message>
    <message>
        <source>PIN of {name}</source>
        <translation>PIN de {name}</translation>
    </message>
</context>
<context>
    <name>OverrideViewModel</name>
    <message>
        <source>Nobody in this shop can authorise it</source>
        <translation>Nadie de la tienda puede autorizarlo</translation>
    </message>
    <message>
        <source>only up to {limit}</source>
        <translation>solo hasta {limit}</translation>
    </message>
    <message>
        <source>may not either</source>
        <translation>tampoco puede</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>waiting for {seconds} s</source>
        <translation>esperando {seconds} s</translation>
    </message>
    <message>
        <source>no contact, still trying</source>
        <translation>sin contacto, sigue</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>{name} says no</source>
        <translation>{name} dice que no</translation>
    </message>
    <message>
        <source>nobody answered</source>
        <translation>nadie ha contestado</translation>
    </message>
    <message>
        <source>could not be asked</source>
        <translation>no se pudo pedir</translation>
    </message>
    <message>
        <source>not good at this till</source>
        <translation>no vale en esta caja</translation>
    </message>
    <message>
        <source>asks a manager</source>
        <translation>avisa a gerencia</translation>
    </message>
    <message>
        <source>The manager</source>
        <translation>Gerencia</translation>
    </message>
    <message>
        <source>From afar</source>
        <translation>A distancia</translation>
    </message>
    <message>
        <source>not while offline</source>
        <translation>sin conexión no</translation>
    </message>
    <message>
        <source>That is no staff badge</source>
        <translation>No es una tarjeta de personal</translation>
    </message>
    <message>
        <source>The person of this badge cannot authorise it</source>
        <translation>Quien lleva esa tarjeta no puede autorizarlo</translation>
    </message>
    <message>
        <source>Nobody here has this badge</source>
        <translation>Nadie tiene esa tarjeta</translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>PIN erróneo: queda %n intento</numerusform>
            <numerusform>PIN erróneo: quedan %n intentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs: wait %n s</source>
        <translation>
            <numerusform>Demasiados PIN erróneos: espera %n s</numerusform>
            <numerusform>Demasiados PIN erróneos: espera %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwedViewModel</name>
    <message>
        <source>Owed of a return</source>
        <translation>Pendiente de una devolución</translation>
    </message>
    <message>
        <source>Owed of {number}</source>
        <translation>Pendiente de {number}</translation>
    </message>
    <message>
        <source>{amount} did not go back: {way}</source>
        <translation>No se pudieron abonar {amount}: {way}</translation>
    </message>
    <message>
        <source>asking the central system</source>
        <translation>preguntando a la central</translation>
    </message>
    <message>
        <source>Drawer open: close it when done</source>
        <translation>Cajón abierto: ciérralo al terminar</translation>
    </message>
    <message>
        <source>Give {amount} back</source>
        <translation>Abonar {amount}</translation>
    </message>
    <message>
        <source>The central system knows more of it: look at it again</source>
        <translation>La central sabe más de esta compra: revísala</translation>
    </message>
    <message>
        <source>The card has {amount} back</source>
        <translation>La tarjeta ya tiene {amount}</translation>
    </message>
    <message>
        <source>The terminal refused: the customer is still owed {amount}</source>
        <translation>El datáfono no lo admite: se le deben {amount} al cliente</translation>
    </message>
    <message>
        <source>No answer about {amount} yet: it is asked for by itself</source>
        <translation>Aún sin respuesta sobre {amount}: se pregunta solo</translation>
    </message>
    <message>
        <source>Give {amount} back at the terminal, then say how it went</source>
        <translation>Devuelve {amount} en el datáfono y di cómo ha ido</translation>
    </message>
    <message>
        <source>{amount} go back to the card when the connection is back</source>
        <translation>{amount} volverán a la tarjeta al recuperar la conexión</translation>
    </message>
    <message>
        <source>The terminal is giving {amount} back…</source>
        <translation>El datáfono está devolviendo {amount}…</translation>
    </message>
    <message>
        <source>It was paid meanwhile: nothing of it is owed any more</source>
        <translation>Entretanto se ha abonado: ya no se debe nada</translation>
    </message>
</context>
<context>
    <name>Owing</name>
    <message>
        <source>No return {number}, here or anywhere</source>
        <translation>No hay ninguna devolución {number}, ni aquí ni en otra parte</translation>
    </message>
    <message>
        <source>What {number} is of is not known here now: ask again later</source>
        <translation>Ahora no se sabe aquí de qué compra es {number}: pregúntalo más tarde</translation>
    </message>
    <message>
        <source>Nothing of {number} is owed: its paper is among the receipts</source>
        <translation>De {number} no se debe nada: su papel está entre los recibos</translation>
    </message>
</context>
<context>
    <name>ParkedPanel</name>
    <message>
        <source>Parked tickets</source>
        <translation>Tickets aparcados</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Asking for the ticket…</source>
        <translation>Pidiendo el ticket…</translation>
    </message>
</context>
<context>
    <name>ParkedViewModel</name>
    <message>
        <source>Take it over</source>
        <translation>Quedármelo</translation>
    </message>
    <message>
        <source>The other tills&apos; tickets are not known: no connection yet</source>
        <translation>No se conocen los tickets de las otras cajas: aún sin conexión</translation>
    </message>
    <message>
        <source>Other tills: as of {time}, {age}. Theirs only with a connection.</source>
        <translation>Otras cajas: datos de las {time}, {age}. Los suyos, solo con conexión.</translation>
    </message>
    <message>
        <source>Other tills: as of {time}, {age}</source>
        <translation>Otras cajas: datos de las {time}, {age}</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Aquí</translation>
    </message>
    <message>
        <source>Till {number}</source>
        <translation>Caja {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n línea</numerusform>
            <numerusform>%n líneas</numerusform>
        </translation>
    </message>
    <message>
        <source>Ticket of {time}</source>
        <translation>Ticket de las {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parking</name>
    <message>
        <source>No ticket is parked</source>
        <translation>No hay tickets aparcados</translation>
    </message>
    <message>
        <source>Park the ticket</source>
        <translation>Aparcar el ticket</translation>
    </message>
    <message>
        <source>Whose is it? A name, a table, a coat. It may stay empty.</source>
        <translation>¿De quién es? Un nombre, una mesa, un abrigo. Puede quedar vacío.</translation>
    </message>
</context>
<context>
    <name>PayingPanel</name>
    <message>
        <source>Known customer</source>
        <translation>Cliente conocido</translation>
    </message>
    <message>
        <source>To keep the customer</source>
        <translation>Atención al cliente</translation>
    </message>
    <message>
        <source>Our error</source>
        <translation>Error nuestro</translation>
    </message>
    <message>
        <source>{till} takes something of it back right now</source>
        <translation>{till} está devolviendo de esta compra ahora mismo</translation>
    </message>
    <message>
        <source>The central system knows nothing of it that could come back</source>
        <translation>La central no conoce nada que devolver de esta compra</translation>
    </message>
    <message>
        <source>The central system does not answer: check how it is given back</source>
        <translation>La central no responde: revisa cómo se abona</translation>
    </message>
    <message>
        <source>Something of it came back meanwhile: look at it again</source>
        <translation>Mientras tanto se devolvió algo: revísalo</translation>
    </message>
    <message>
        <source>The permission ran out: ask for it again</source>
        <translation>La autorización ha caducado: pídela otra vez</translation>
    </message>
    <message>
        <source>Open a shift first: money goes out</source>
        <translation>Abre antes un turno: sale dinero</translation>
    </message>
</context>
<context>
    <name>PayingView</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Paid now</source>
        <translation>Abonado ahora</translation>
    </message>
    <message>
        <source>How is it given back?</source>
        <translation>¿Cómo se le abona?</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Abono</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>No se pudo</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Abonar</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Preguntando…</translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>Abrir cajón</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>not while money is being taken</source>
        <translation>no mientras se cobra</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Another form of payment</source>
        <translation>Otra forma de pago</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Cobrar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Gift card or credit</source>
        <translation>Vale o tarjeta regalo</translation>
    </message>
    <message>
        <source>scan it or type its code</source>
        <translation>escanear o teclear</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message numerus="yes">
        <source>Ticket · %n articles</source>
        <translation>
            <numerusform>Ticket · %n artículo</numerusform>
            <numerusform>Ticket · %n artículos</numerusform>
        </translation>
    </message>
    <message>
        <source>Handed over in cash</source>
        <translation>Entrega en efectivo</translation>
    </message>
    <message>
        <source>To charge by card</source>
        <translation>A cobrar con tarjeta</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>charged?</source>
        <translation>¿cobrada?</translation>
    </message>
    <message>
        <source>Still to
confirm</source>
        <translation>Falta por
confirmar</translation>
    </message>
    <message>
        <source>Still
to pay</source>
        <translation>Falta por
cobrar</translation>
    </message>
    <message>
        <source>How is the {amount} paid?</source>
        <translation>¿Cómo paga los {amount}?</translation>
    </message>
    <message>
        <source>Nothing is to be paid</source>
        <translation>No hay nada que cobrar</translation>
    </message>
    <message>
        <source>nothing to pay</source>
        <translation>nada que cobrar</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exacto</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Abonar</translation>
    </message>
    <message>
        <source>{amount} in cash</source>
        <translation>{amount} en efectivo</translation>
    </message>
    <message>
        <source>{amount} by card</source>
        <translation>{amount} con tarjeta</translation>
    </message>
</context>
<context>
    <name>PaymentShown</name>
    <message>
        <source>only below {limit}</source>
        <translation>solo bajo {limit}</translation>
    </message>
    <message>
        <source>keyed on the terminal</source>
        <translation>se teclea en el terminal</translation>
    </message>
    <message>
        <source>on the terminal</source>
        <translation>en el terminal</translation>
    </message>
    <message>
        <source>a card was charged</source>
        <translation>se ha cobrado una tarjeta</translation>
    </message>
</context>
<context>
    <name>PaymentViewModel</name>
    <message>
        <source>the terminal is asked</source>
        <translation>se pregunta al terminal</translation>
    </message>
    <message>
        <source>without answer since {time}</source>
        <translation>sin respuesta desde {time}</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>A charged card is given back by a return, not here</source>
        <translation>Una tarjeta cobrada se devuelve con un abono, no aquí</translation>
    </message>
    <message>
        <source>A card was charged: take the rest, then it is a sale</source>
        <translation>Se ha cobrado una tarjeta: cobra el resto y será una venta</translation>
    </message>
    <message>
        <source>Type an amount above zero</source>
        <translation>Teclea un importe mayor que cero</translation>
    </message>
    <message>
        <source>By card from {least} to {most}</source>
        <translation>Con tarjeta, de {least} a {most}</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>recibido</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Devuelto</translation>
    </message>
    <message>
        <source>pays for what is taken</source>
        <translation>paga lo que se lleva</translation>
    </message>
    <message>
        <source>on the ticket</source>
        <translation>en el ticket</translation>
    </message>
    <message>
        <source>authorised {code}</source>
        <translation>autorización {code}</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>{card} · not checked</source>
        <translation>{card} · sin comprobar</translation>
    </message>
    <message>
        <source>{card} · {left} left</source>
        <translation>{card} · queda {left}</translation>
    </message>
    <message>
        <source>authorised</source>
        <translation>autorizada</translation>
    </message>
    <message>
        <source>already charged</source>
        <translation>ya cobrada</translation>
    </message>
    <message>
        <source>By law no cash for tickets of {limit} or more, in part either</source>
        <translation>Por ley no se cobra en efectivo desde {limit}, tampoco una parte</translation>
    </message>
</context>
<context>
    <name>PeoplePanel</name>
    <message>
        <source>Who looks after it?</source>
        <translation>¿Quién se encarga?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>PhotoPanel</name>
    <message>
        <source>Photos: {name}</source>
        <translation>Fotos: {name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Take photo</source>
        <translation>Hacer foto</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>PhotoViewModel</name>
    <message numerus="yes">
        <source>%n photos at most</source>
        <translation>
            <numerusform>como mucho %n foto</numerusform>
            <numerusform>como mucho %n fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>The camera is starting</source>
        <translation>La cámara está arrancando</translation>
    </message>
    <message>
        <source>No camera is set up</source>
        <translation>No hay cámara configurada</translation>
    </message>
    <message>
        <source>There is no camera</source>
        <translation>No hay cámara</translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation>Otro programa usa la cámara</translation>
    </message>
    <message>
        <source>Plug it in: it starts by itself.
The return can be closed without a photo.</source>
        <translation>Enchúfala: arranca sola.
La devolución se puede cerrar sin foto.</translation>
    </message>
    <message>
        <source>Close that program: the camera starts by itself.
The return can be closed without a photo.</source>
        <translation>Cierra ese programa: la cámara arranca sola.
La devolución se puede cerrar sin foto.</translation>
    </message>
    <message>
        <source>That picture cannot be kept: take another one</source>
        <translation>Esa imagen no se puede guardar: haz otra</translation>
    </message>
</context>
<context>
    <name>Picking</name>
    <message>
        <source>No place</source>
        <translation>Sin sitio</translation>
    </message>
    <message>
        <source>the last by the stock</source>
        <translation>última según stock</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Completa</translation>
    </message>
    <message>
        <source>Ask them</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Scan {count}</source>
        <translation>Escanea {count}</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Pendiente</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>No está</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañada</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>{name} instead?</source>
        <translation>¿{name} en su lugar?</translation>
    </message>
    <message>
        <source>Call {phone} and ask. It costs them no more than what they ordered.</source>
        <translation>Llama al {phone} y pregunta. No le costará más que lo pedido.</translation>
    </message>
    <message>
        <source>The line stays open: the order cannot be finished without it.</source>
        <translation>La línea queda abierta: sin ella no se puede terminar.</translation>
    </message>
    <message>
        <source>Off sale everywhere. The customer gets {amount} back, or another article.</source>
        <translation>Ya no se vende en ningún canal. El cliente recibirá {amount} o un cambio.</translation>
    </message>
    <message>
        <source>Off sale everywhere. The customer does not pay {amount}.</source>
        <translation>Ya no se vende en ningún canal. El cliente no paga {amount}.</translation>
    </message>
    <message>
        <source>{name} is not in its place</source>
        <translation>{name}: no está en su sitio</translation>
    </message>
    <message>
        <source>{name} is damaged</source>
        <translation>{name}: dañada</translation>
    </message>
    <message>
        <source>{name} comes later</source>
        <translation>{name}: más tarde</translation>
    </message>
</context>
<context>
    <name>PickingPage</name>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artículo</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Sitio</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Cogidas</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Found it</source>
        <translation>Ya lo tengo</translation>
    </message>
    <message>
        <source>Yes, by phone</source>
        <translation>Sí, por teléfono</translation>
    </message>
    <message>
        <source>Yes, here</source>
        <translation>Sí, aquí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Last scan</source>
        <translation>Último escaneo</translation>
    </message>
    <message>
        <source>Scan what you take, piece by piece</source>
        <translation>Escanea lo que coges, pieza a pieza</translation>
    </message>
    <message>
        <source>Ready to scan</source>
        <translation>Listo para escanear</translation>
    </message>
    <message>
        <source>Last scan · {time}</source>
        <translation>Último escaneo · {time}</translation>
    </message>
    <message>
        <source>Fetched {done} of {all}</source>
        <translation>Cogidas {done} de {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n con problema</numerusform>
            <numerusform>%n con problemas</numerusform>
        </translation>
    </message>
    <message>
        <source>A problem with {name}?</source>
        <translation>¿Problema con {name}?</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>No está</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañada</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>Substitute</source>
        <translation>Sustituir</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Type code</source>
        <translation>Teclear</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <source>Finish and shelve</source>
        <translation>Terminar y ubicar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>PickingViewModel</name>
    <message numerus="yes">
        <source>Prepare %n orders</source>
        <translation>
            <numerusform>Preparar %n pedido</numerusform>
            <numerusform>Preparar %n pedidos</numerusform>
        </translation>
    </message>
    <message>
        <source>Prepare {number}</source>
        <translation>Preparar {number}</translation>
    </message>
    <message>
        <source>asking whether somebody else has it…</source>
        <translation>preguntando si la tiene alguien…</translation>
    </message>
    <message>
        <source>without connection: tell the others that you have it</source>
        <translation>sin conexión: di a los demás que la tienes tú</translation>
    </message>
    <message>
        <source>yours until {time}</source>
        <translation>reservado para ti hasta las {time}</translation>
    </message>
    <message>
        <source>the order is gone</source>
        <translation>el pedido ya no está</translation>
    </message>
    <message numerus="yes">
        <source>%n pieces still to fetch</source>
        <translation>
            <numerusform>falta %n unidad por coger</numerusform>
            <numerusform>faltan %n unidades por coger</numerusform>
        </translation>
    </message>
    <message>
        <source>the customer has to answer first</source>
        <translation>falta la respuesta del cliente</translation>
    </message>
    <message>
        <source>Type the code</source>
        <translation>Teclear código</translation>
    </message>
    <message>
        <source>The figures under the bars or the article&apos;s number; 12* before it for twelve.</source>
        <translation>Las cifras bajo las barras o la referencia; 12* delante para doce.</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Nada que deshacer</translation>
    </message>
    <message>
        <source>Taken back: {name}</source>
        <translation>Quitada: {name}</translation>
    </message>
    <message>
        <source>{name} is fetching it</source>
        <translation>{name} la está cogiendo</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
    <message>
        <source>Put it back: {count} are all there</source>
        <translation>Devuélvela a su sitio: ya están las {count}</translation>
    </message>
    <message>
        <source>Not in this order, put it back</source>
        <translation>No es de este pedido: devuélvela a su sitio</translation>
    </message>
    <message>
        <source>That code is of no article</source>
        <translation>Ese código no es de un artículo</translation>
    </message>
    <message>
        <source>Right: {name}</source>
        <translation>Correcto: {name}</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} de {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>falta %n</numerusform>
            <numerusform>faltan %n</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} left here</source>
        <translation>quedan {count} por coger</translation>
    </message>
    <message>
        <source>How much of {name}?</source>
        <translation>¿Cuánto de {name}?</translation>
    </message>
    <message>
        <source>At most {left} {unit}</source>
        <translation>Como mucho {left} {unit}</translation>
    </message>
    <message>
        <source>That is no quantity</source>
        <translation>Eso no es una cantidad</translation>
    </message>
    <message>
        <source>It is sold in another unit</source>
        <translation>Se vende en otra unidad</translation>
    </message>
</context>
<context>
    <name>Pickup</name>
    <message>
        <source>{span} late</source>
        <translation>{span} tarde</translation>
    </message>
    <message>
        <source>promised {time}</source>
        <translation>prometido {time}</translation>
    </message>
    <message>
        <source>waits {span}</source>
        <translation>espera {span}</translation>
    </message>
    <message>
        <source>Is here</source>
        <translation>Está aquí</translation>
    </message>
    <message>
        <source>{span} left</source>
        <translation>Quedan {span}</translation>
    </message>
    <message>
        <source>for {time}</source>
        <translation>para las {time}</translation>
    </message>
    <message>
        <source>No time promised</source>
        <translation>Sin hora</translation>
    </message>
    <message>
        <source>from {shop}</source>
        <translation>desde {shop}</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En camino</translation>
    </message>
    <message>
        <source>goes back to stock</source>
        <translation>vuelve al stock</translation>
    </message>
    <message>
        <source>customer not told yet</source>
        <translation>cliente sin avisar</translation>
    </message>
    <message>
        <source>On its shelf</source>
        <translation>Ubicada</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>a las {time}</translation>
    </message>
    <message>
        <source>Expires today</source>
        <translation>Caduca hoy</translation>
    </message>
    <message>
        <source>Until {day}</source>
        <translation>Hasta el {day}</translation>
    </message>
    <message>
        <source>nobody has it</source>
        <translation>nadie la tiene</translation>
    </message>
    <message>
        <source>To prepare</source>
        <translation>Por preparar</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} de {all}</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Preparando</translation>
    </message>
    <message>
        <source>Prepared</source>
        <translation>Preparada</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Recibida</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Caducada</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Anulada</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Recogida</translation>
    </message>
    <message>
        <source>Partly collected</source>
        <translation>Recogida en parte</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>En stock otra vez</translation>
    </message>
    <message>
        <source>needs its shelf</source>
        <translation>falta ubicarla</translation>
    </message>
    <message>
        <source>{here} of {all} parcels here</source>
        <translation>{here} de {all} bultos aquí</translation>
    </message>
    <message>
        <source>Shop {name}</source>
        <translation>Tienda {name}</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>{numbers}: nothing was to be had, so it is cancelled and the customer is told</source>
        <translation>{numbers}: no había nada, así que se cancela y se avisa al cliente</translation>
    </message>
    <message>
        <source>The order was cancelled meanwhile: put the goods back</source>
        <translation>El pedido se ha anulado: devuelve los artículos a su sitio</translation>
    </message>
    <message>
        <source>The order was collected already {time}</source>
        <translation>El pedido ya se recogió {time}</translation>
    </message>
    <message>
        <source>Another shop has the order now</source>
        <translation>Ahora lo tiene otra tienda</translation>
    </message>
    <message>
        <source>This till does not know that order any more</source>
        <translation>Esta caja ya no conoce ese pedido</translation>
    </message>
    <message>
        <source>That is more than the order says</source>
        <translation>Es más de lo que pide el pedido</translation>
    </message>
    <message>
        <source>Not now: {state}</source>
        <translation>Ahora no: {state}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Told {days}</source>
        <translation>Avisada {days}</translation>
    </message>
    <message>
        <source>cancellation asked for</source>
        <translation>anulación pedida</translation>
    </message>
    <message>
        <source>{level} here</source>
        <translation>{level} aquí</translation>
    </message>
    <message>
        <source>To pay in the shop</source>
        <translation>Por cobrar en tienda</translation>
    </message>
    <message>
        <source>Paid in the app</source>
        <translation>Pagado en la app</translation>
    </message>
    <message>
        <source>Paid on the web</source>
        <translation>Pagado en la web</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Pagado</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>Se guarda hasta</translation>
    </message>
    <message>
        <source>Put on its shelf</source>
        <translation>Ubicar</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>Recibir</translation>
    </message>
    <message>
        <source>Back to stock</source>
        <translation>Devolver al stock</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Preparar</translation>
    </message>
    <message>
        <source>yours for {minutes} min</source>
        <translation>la reservas {minutes} min para ti</translation>
    </message>
    <message>
        <source>{name} has begun it</source>
        <translation>la ha empezado {name}</translation>
    </message>
</context>
<context>
    <name>PickupCounts</name>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>queda %n día</numerusform>
            <numerusform>quedan %n días</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n bulto</numerusform>
            <numerusform>%n bultos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days from the notice</source>
        <translation>
            <numerusform>%n día desde el aviso</numerusform>
            <numerusform>%n días desde el aviso</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Prepare %n orders</source>
        <translation>
            <numerusform>Preparar %n pedido</numerusform>
            <numerusform>Preparar %n pedidos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickupPlots</name>
    <message>
        <source>Orders by the hour</source>
        <translation>Pedidos por hora</translation>
    </message>
    <message>
        <source>Orders by the day</source>
        <translation>Pedidos por día</translation>
    </message>
    <message>
        <source>placed</source>
        <translation>encargados</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>entregados</translation>
    </message>
    <message>
        <source>{placed} placed, {taken} handed over</source>
        <translation>{placed} encargados, {taken} entregados</translation>
    </message>
    <message>
        <source>Until ready, by the hour</source>
        <translation>Hasta estar listo, por hora</translation>
    </message>
    <message>
        <source>Until ready, by the day</source>
        <translation>Hasta estar listo, por día</translation>
    </message>
    <message>
        <source>until ready</source>
        <translation>hasta estar listo</translation>
    </message>
</context>
<context>
    <name>PickupsPage</name>
    <message>
        <source>Pickups</source>
        <translation>Recogidas</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>New</source>
        <comment>several</comment>
        <translation>Nuevas</translation>
    </message>
    <message>
        <source>In preparation</source>
        <translation>Preparando</translation>
    </message>
    <message>
        <source>To shelve</source>
        <translation>Por ubicar</translation>
    </message>
    <message>
        <source>Ready</source>
        <comment>several</comment>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Customer here</source>
        <translation>Cliente aquí</translation>
    </message>
    <message>
        <source>Expire today</source>
        <translation>Caducan hoy</translation>
    </message>
    <message>
        <source>To stock</source>
        <translation>A stock</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Plazo</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Pedido</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Uds.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Estante</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>Por cobrar</translation>
    </message>
    <message>
        <source>No order like that here</source>
        <translation>Aquí no hay un pedido así</translation>
    </message>
    <message>
        <source>Number, short code, name, telephone, e-mail or card.
Enter asks the other shops.</source>
        <translation>Número, código corto, nombre, teléfono, correo o tarjeta.
Intro pregunta a las otras tiendas.</translation>
    </message>
    <message>
        <source>No orders to collect</source>
        <translation>No hay recogidas</translation>
    </message>
    <message>
        <source>A new order is announced here and on every screen.</source>
        <translation>Cada pedido nuevo se anuncia aquí y en todas las pantallas.</translation>
    </message>
    <message>
        <source>None of these now</source>
        <translation>Ahora ninguna</translation>
    </message>
    <message>
        <source>{seen} of {total} in sight</source>
        <translation>Se ven {seen} de {total}</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Llamar</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Preparar</translation>
    </message>
    <message>
        <source>choose an order</source>
        <translation>elige un pedido</translation>
    </message>
</context>
<context>
    <name>PickupsViewModel</name>
    <message>
        <source>Orders of this shop are not known yet: no connection</source>
        <translation>Aún no se conocen los pedidos de esta tienda: sin conexión</translation>
    </message>
    <message>
        <source>Offline: no new orders come in, what others did is of {age}</source>
        <translation>Sin conexión: no llegan pedidos nuevos; lo de otras cajas es de {age}</translation>
    </message>
    <message>
        <source>Only orders to prepare can be put together</source>
        <translation>Solo se juntan pedidos por preparar</translation>
    </message>
    <message>
        <source>The list is being printed</source>
        <translation>Se está imprimiendo la lista</translation>
    </message>
    <message>
        <source>Nothing stands on shelf {shelf}</source>
        <translation>No hay nada en el estante {shelf}</translation>
    </message>
    <message>
        <source>No order waits for that article</source>
        <translation>Ningún pedido espera ese artículo</translation>
    </message>
    <message>
        <source>Order {number} is not one of this shop</source>
        <translation>El pedido {number} no es de esta tienda</translation>
    </message>
    <message>
        <source>That code is of no order</source>
        <translation>Ese código no es de un pedido</translation>
    </message>
</context>
<context>
    <name>Placing</name>
    <message>
        <source>Put {number} on its shelf</source>
        <translation>Ubicar {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n more after it</source>
        <translation>
            <numerusform>%n más después</numerusform>
            <numerusform>%n más después</numerusform>
        </translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>Bulto</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Estante</translation>
    </message>
    <message>
        <source>Scan the shelf</source>
        <translation>Escanea el estante</translation>
    </message>
    <message>
        <source>or type it: B3</source>
        <translation>o tecléalo: B3</translation>
    </message>
    <message>
        <source>The order is gone</source>
        <translation>El pedido ya no está</translation>
    </message>
    <message>
        <source>Another till or the centre has it now.</source>
        <translation>Ahora lo tiene otra caja o la central.</translation>
    </message>
    <message>
        <source>as they came</source>
        <translation>como llegaron</translation>
    </message>
    <message>
        <source>one at least</source>
        <translation>uno al menos</translation>
    </message>
    <message>
        <source>scan one first</source>
        <translation>escanea uno antes</translation>
    </message>
    <message>
        <source>after shelving</source>
        <translation>después de ubicar</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>Uno más</translation>
    </message>
    <message>
        <source>One less</source>
        <translation>Uno menos</translation>
    </message>
    <message>
        <source>All there</source>
        <translation>Todos ahí</translation>
    </message>
    <message>
        <source>Type it</source>
        <translation>Teclear</translation>
    </message>
    <message>
        <source>Label again</source>
        <translation>Otra etiqueta</translation>
    </message>
    <message>
        <source>Put on shelf</source>
        <translation>Ubicar</translation>
    </message>
    <message>
        <source>the order is gone</source>
        <translation>el pedido ya no está</translation>
    </message>
    <message numerus="yes">
        <source>%n parcels have no shelf yet</source>
        <translation>
            <numerusform>falta el estante de %n bulto</numerusform>
            <numerusform>falta el estante de %n bultos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and print %n labels</source>
        <translation>
            <numerusform>e imprimir %n etiqueta</numerusform>
            <numerusform>e imprimir %n etiquetas</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>nada cambia</translation>
    </message>
    <message>
        <source>That parcel is of order {number}</source>
        <translation>Ese bulto es del pedido {number}</translation>
    </message>
    <message>
        <source>The order has no parcel {number}</source>
        <translation>El pedido no tiene bulto {number}</translation>
    </message>
    <message>
        <source>Parcel {number}</source>
        <translation>Bulto {number}</translation>
    </message>
    <message>
        <source>now its shelf</source>
        <translation>ahora su estante</translation>
    </message>
    <message>
        <source>“{text}” is no shelf</source>
        <translation>«{text}» no es un estante</translation>
    </message>
    <message>
        <source>Letters and figures, such as B3</source>
        <translation>Letras y cifras, como B3</translation>
    </message>
    <message>
        <source>Parcel {number} on {shelf}</source>
        <translation>Bulto {number} en {shelf}</translation>
    </message>
    <message>
        <source>now the next one</source>
        <translation>ahora el siguiente</translation>
    </message>
    <message>
        <source>{number} is on its shelf</source>
        <translation>{number} está en su estante</translation>
    </message>
    <message>
        <source>The customer will be told</source>
        <translation>Se avisará al cliente</translation>
    </message>
    <message>
        <source>Look at the shelves again</source>
        <translation>Revisa los estantes</translation>
    </message>
    <message>
        <source>no label yet</source>
        <translation>sin etiqueta</translation>
    </message>
    <message>
        <source>label {number}</source>
        <translation>etiqueta {number}</translation>
    </message>
    <message>
        <source>Parcel {number} of {all}</source>
        <translation>Bulto {number} de {all}</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Receipt {number}</source>
        <translation>Recibo {number}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>PriceCheckPanel</name>
    <message>
        <source>Price and stock</source>
        <translation>Precio y stock</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Scan, or type a name or a code</source>
        <translation>Escanea, o teclea un nombre o un código</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message>
        <source>Scan an article</source>
        <translation>Escanea un artículo</translation>
    </message>
    <message>
        <source>Its price and stock are shown; nothing is sold.</source>
        <translation>Se ven su precio y su stock; no se vende nada.</translation>
    </message>
    <message>
        <source>Note the wish</source>
        <translation>Anotar el deseo</translation>
    </message>
    <message>
        <source>so that the shop may have it</source>
        <translation>para que la tienda lo tenga en cuenta</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>a wish, a complaint, praise</source>
        <translation>un deseo, una queja, un elogio</translation>
    </message>
</context>
<context>
    <name>PriceCheckViewModel</name>
    <message>
        <source>Promotion</source>
        <translation>Promoción</translation>
    </message>
    <message>
        <source>Tax included</source>
        <translation>IVA incluido</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Sección</translation>
    </message>
    <message>
        <source>Article number</source>
        <translation>Referencia</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Precio</translation>
    </message>
    <message>
        <source>for demonstration only</source>
        <translation>solo de demostración</translation>
    </message>
    <message>
        <source>No product has the code {code}</source>
        <translation>Ningún artículo tiene el código {code}</translation>
    </message>
    <message numerus="yes">
        <source>%n products share this code</source>
        <translation>
            <numerusform>%n artículo con este código</numerusform>
            <numerusform>%n artículos con este código</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintTroublePanel</name>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
</context>
<context>
    <name>PrintTroubleViewModel</name>
    <message>
        <source>Receipt</source>
        <translation>Recibo</translation>
    </message>
    <message>
        <source>Copy of a receipt</source>
        <translation>Copia de un recibo</translation>
    </message>
    <message>
        <source>Gift receipt</source>
        <translation>Ticket regalo</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>Arqueo X</translation>
    </message>
    <message>
        <source>Z report</source>
        <translation>Cierre Z</translation>
    </message>
    <message>
        <source>Slip of a parked ticket</source>
        <translation>Resguardo de ticket aparcado</translation>
    </message>
    <message>
        <source>Slip of a cash movement</source>
        <translation>Resguardo de movimiento</translation>
    </message>
    <message>
        <source>Label of a parcel</source>
        <translation>Etiqueta de un bulto</translation>
    </message>
    <message>
        <source>Pick list</source>
        <translation>Lista de preparación</translation>
    </message>
    <message>
        <source>Acknowledgement of a collected order</source>
        <translation>Justificante de entrega</translation>
    </message>
    <message>
        <source>Receipt of a return</source>
        <translation>Recibo de una devolución</translation>
    </message>
    <message>
        <source>Slips for the bins</source>
        <translation>Papeles de destino</translation>
    </message>
    <message>
        <source>Receipt of a refund paid now</source>
        <translation>Recibo de un abono pendiente</translation>
    </message>
    <message>
        <source>it may have come out</source>
        <translation>puede que haya salido</translation>
    </message>
    <message>
        <source>the printer has no paper</source>
        <translation>la impresora no tiene papel</translation>
    </message>
    <message>
        <source>the printer&apos;s cover is open</source>
        <translation>la tapa de la impresora está abierta</translation>
    </message>
    <message>
        <source>the printer does not answer</source>
        <translation>la impresora no responde</translation>
    </message>
    <message>
        <source>the printer is busy</source>
        <translation>la impresora está ocupada</translation>
    </message>
    <message>
        <source>it was not printed</source>
        <translation>no se ha impreso</translation>
    </message>
    <message>
        <source>The copy may have come out. If it did not, look the receipt up again.</source>
        <translation>Puede que la copia haya salido. Si no, busca el recibo otra vez.</translation>
    </message>
    <message>
        <source>Did the paper come out? The printer stopped answering while printing.</source>
        <translation>¿Ha salido el papel? La impresora dejó de responder mientras imprimía.</translation>
    </message>
    <message>
        <source>The return is saved.</source>
        <translation>La devolución está guardada.</translation>
    </message>
    <message>
        <source>The sale is saved.</source>
        <translation>La venta está guardada.</translation>
    </message>
    <message>
        <source>The printer has no paper: put a roll in.</source>
        <translation>La impresora no tiene papel: pon un rollo.</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open: close it.</source>
        <translation>La tapa de la impresora está abierta: ciérrala.</translation>
    </message>
    <message>
        <source>The printer does not answer: look at its cable and power.</source>
        <translation>La impresora no responde: mira su cable y si está encendida.</translation>
    </message>
    <message>
        <source>Another program uses the printer.</source>
        <translation>Otro programa usa la impresora.</translation>
    </message>
    <message>
        <source>It was not printed.</source>
        <translation>No se ha impreso.</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>No: print the next</source>
        <translation>No: imprimir la siguiente</translation>
    </message>
    <message>
        <source>Yes, it came out</source>
        <translation>Sí, ha salido</translation>
    </message>
    <message>
        <source>On the receipt printer</source>
        <translation>En la impresora de tickets</translation>
    </message>
    <message>
        <source>No: print a marked copy</source>
        <translation>No: imprimir una copia</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>Imprimir otra vez</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>En pantalla</translation>
    </message>
</context>
<context>
    <name>PurchasesPanel</name>
    <message>
        <source>Purchases</source>
        <translation>Compras</translation>
    </message>
    <message>
        <source>all channels · {age}</source>
        <translation>todos los canales · {age}</translation>
    </message>
    <message>
        <source>Nothing bought yet, as far as is known here</source>
        <translation>Aún no ha comprado nada, que aquí se sepa</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Devolver</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Find purchase</source>
        <translation>Buscar compra</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
</context>
<context>
    <name>ReadinessViewModel</name>
    <message>
        <source>Not ready to sell offline. Missing: {what}</source>
        <translation>No está lista para vender sin conexión. Falta: {what}</translation>
    </message>
    <message>
        <source>Ready to sell offline</source>
        <translation>Preparada para vender sin conexión</translation>
    </message>
    <message>
        <source>checked {age}</source>
        <translation>comprobado {age}</translation>
    </message>
    <message>
        <source>The prices were last confirmed {age}. Selling goes on with them.</source>
        <translation>Los precios se confirmaron por última vez {age}. Se sigue vendiendo con ellos.</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catálogo</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Precios</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promociones</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personal</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Reloj</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Parked tickets</source>
        <translation>Aparcados</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Copia de seguridad</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envío</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marcha</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aún ninguna</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>aún no</translation>
    </message>
    <message>
        <source>{count} articles</source>
        <translation>{count} art.</translation>
    </message>
    <message>
        <source>{age}; the next one failed</source>
        <translation>{age}; la siguiente falló</translation>
    </message>
    <message>
        <source>not compared yet</source>
        <translation>sin comparar aún</translation>
    </message>
    <message>
        <source>not compared: no link</source>
        <translation>sin comparar: no hay conexión</translation>
    </message>
    <message>
        <source>on time</source>
        <translation>en hora</translation>
    </message>
    <message>
        <source>room enough</source>
        <translation>hay sitio</translation>
    </message>
    <message>
        <source>full</source>
        <translation>lleno</translation>
    </message>
    <message>
        <source>{size} GB free</source>
        <translation>{size} GB libres</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>hay</translation>
    </message>
    <message>
        <source>little left</source>
        <translation>queda poco</translation>
    </message>
    <message>
        <source>none left</source>
        <translation>no queda</translation>
    </message>
    <message>
        <source>no printer answers</source>
        <translation>la impresora no contesta</translation>
    </message>
    <message>
        <source>the printer does not say</source>
        <translation>la impresora no lo dice</translation>
    </message>
    <message>
        <source>{size} ahead</source>
        <translation>{size} adelantado</translation>
    </message>
    <message>
        <source>{size} behind</source>
        <translation>{size} atrasado</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
</context>
<context>
    <name>ReasonViewModel</name>
    <message>
        <source>Cancel the ticket</source>
        <translation>Cancelar el ticket</translation>
    </message>
    <message>
        <source>Open the drawer without a sale</source>
        <translation>Abrir el cajón sin venta</translation>
    </message>
    <message>
        <source>Why does it stay?</source>
        <translation>¿Por qué lo deja?</translation>
    </message>
    <message>
        <source>Take the handover back</source>
        <translation>Deshacer la entrega</translation>
    </message>
    <message>
        <source>Nothing of it is sold; the journal keeps who cancelled it and why.</source>
        <translation>No se vende nada; en el diario queda quién lo canceló y por qué.</translation>
    </message>
    <message>
        <source>The journal keeps who opened it and why.</source>
        <translation>En el diario queda quién lo abrió y por qué.</translation>
    </message>
    <message>
        <source>It goes back on sale; close this to say nothing.</source>
        <translation>Vuelve a la venta; cierra para no decir nada.</translation>
    </message>
    <message>
        <source>Take parcels and goods back first: the order is on its shelf again.</source>
        <translation>Recupera antes bultos y género: el pedido vuelve a su estante.</translation>
    </message>
    <message>
        <source>Cancel ticket</source>
        <translation>Cancelar ticket</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>Abrir cajón</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Dejarlo</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>The customer leaves</source>
        <translation>El cliente se va</translation>
    </message>
    <message>
        <source>Begun by mistake</source>
        <translation>Empezado por error</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Prueba</translation>
    </message>
    <message>
        <source>Give change</source>
        <translation>Dar cambio</translation>
    </message>
    <message>
        <source>Check the cash</source>
        <translation>Revisar el efectivo</translation>
    </message>
    <message>
        <source>Wrong change given</source>
        <translation>Cambio mal dado</translation>
    </message>
    <message>
        <source>Not convinced</source>
        <translation>No le convence</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>No le vale</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Está dañado</translation>
    </message>
    <message>
        <source>Wrong customer</source>
        <translation>Era otro cliente</translation>
    </message>
    <message>
        <source>Handed over by mistake</source>
        <translation>Entregado por error</translation>
    </message>
    <message>
        <source>The customer came back at once</source>
        <translation>El cliente ha vuelto enseguida</translation>
    </message>
    <message>
        <source>{name} may not do it alone</source>
        <translation>{name} no puede hacerlo sin permiso</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
</context>
<context>
    <name>ReceiptRows</name>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Web payment</source>
        <translation>Pago web</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambio de artículo</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importado</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Varios</translation>
    </message>
</context>
<context>
    <name>ReceiptsPage</name>
    <message>
        <source>scan a receipt, or type its number</source>
        <translation>escanea un recibo o teclea su número</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Recibos</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Number of the receipt</source>
        <translation>Número del recibo</translation>
    </message>
    <message>
        <source>Looking in the central system…</source>
        <translation>Buscando en la central…</translation>
    </message>
    <message>
        <source>It is not a receipt of this till.
The other tills&apos; are asked for.</source>
        <translation>No es un recibo de esta caja.
Se busca en las otras cajas.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>It is not a receipt of this till.
Try again when there is a connection.</source>
        <translation>No es un recibo de esta caja.
Prueba otra vez cuando haya conexión.</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>No encontrado</translation>
    </message>
    <message>
        <source>Look at the number again, or scan the code
at the foot of the receipt.</source>
        <translation>Mira otra vez el número, o escanea el código
al pie del recibo.</translation>
    </message>
    <message>
        <source>Not among the latest</source>
        <translation>No está entre los últimos</translation>
    </message>
    <message>
        <source>Type the whole number and press Enter to look
further back, at the other tills and shops.</source>
        <translation>Escribe el número entero y pulsa Intro para buscar
más atrás, en las otras cajas y tiendas.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Devolver</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n taken</source>
        <translation>
            <numerusform>%n hecha</numerusform>
            <numerusform>%n hechas</numerusform>
        </translation>
    </message>
    <message>
        <source>other till&apos;s</source>
        <translation>de otra caja</translation>
    </message>
    <message>
        <source>of a sale only</source>
        <translation>solo de una venta</translation>
    </message>
    <message>
        <source>No sale yet</source>
        <translation>Aún no hay ventas</translation>
    </message>
    <message>
        <source>Every sale of this till
is found here.</source>
        <translation>Aquí están todas las ventas
de esta caja.</translation>
    </message>
    <message>
        <source>Print copy</source>
        <translation>Reimprimir</translation>
    </message>
    <message>
        <source>Gift receipt</source>
        <translation>Ticket regalo</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>Guardar PDF</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
</context>
<context>
    <name>ReceiptsViewModel</name>
    <message>
        <source>Cannot write {path}: {reason}</source>
        <translation>No se puede escribir {path}: {reason}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>Guardado: {path}</translation>
    </message>
    <message>
        <source>{address}: sent when there is a link</source>
        <translation>{address}: se envía cuando haya conexión</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>Imprimiendo…</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Impreso</translation>
    </message>
</context>
<context>
    <name>Receiving</name>
    <message>
        <source>Receive parcels</source>
        <translation>Recibir bultos</translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>falta %n</numerusform>
            <numerusform>faltan %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>Bulto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Scan each parcel</source>
        <translation>Escanea cada bulto</translation>
    </message>
    <message>
        <source>the label of the order on it</source>
        <translation>la etiqueta del pedido</translation>
    </message>
    <message>
        <source>No parcels are on their way</source>
        <translation>No hay bultos en camino</translation>
    </message>
    <message>
        <source>Orders that another shop fills
are listed here once they are sent.</source>
        <translation>Los pedidos que prepara otra tienda
se ven aquí cuando salen.</translation>
    </message>
    <message>
        <source>nothing comes</source>
        <translation>no viene nada</translation>
    </message>
    <message>
        <source>all here</source>
        <translation>ya está todo</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañado</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>Put on shelves</source>
        <translation>Ubicar</translation>
    </message>
    <message>
        <source>no order is whole yet</source>
        <translation>ningún pedido está completo</translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n pedido</numerusform>
            <numerusform>%n pedidos</numerusform>
        </translation>
    </message>
    <message>
        <source>Reported: parcel {parcel} of {number}</source>
        <translation>Comunicado: bulto {parcel} de {number}</translation>
    </message>
    <message>
        <source>the centre looks into it</source>
        <translation>la central lo revisará</translation>
    </message>
    <message>
        <source>{number}, parcel {parcel}</source>
        <translation>{number}, bulto {parcel}</translation>
    </message>
    <message>
        <source>nobody announced it: the centre is told</source>
        <translation>no estaba anunciado: se avisa a la central</translation>
    </message>
    <message numerus="yes">
        <source>%n more to come</source>
        <translation>
            <numerusform>falta %n más</numerusform>
            <numerusform>faltan %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>the order is whole</source>
        <translation>el pedido está completo</translation>
    </message>
    <message>
        <source>{number}, parcel {parcel} is here already</source>
        <translation>{number}, bulto {parcel} ya está aquí</translation>
    </message>
    <message>
        <source>Order {number} is not of this shop</source>
        <translation>El pedido {number} no es de esta tienda</translation>
    </message>
    <message>
        <source>put the parcel apart and tell the centre</source>
        <translation>aparta el bulto y avisa a la central</translation>
    </message>
    <message>
        <source>{number} is not on its way</source>
        <translation>{number} no está en camino</translation>
    </message>
    <message numerus="yes">
        <source>%n orders received</source>
        <translation>
            <numerusform>%n pedido recibido</numerusform>
            <numerusform>%n pedidos recibidos</numerusform>
        </translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>en camino</translation>
    </message>
    <message>
        <source>here</source>
        <translation>aquí</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>parcel {number} of {all}</source>
        <translation>bulto {number} de {all}</translation>
    </message>
    <message>
        <source>from {shop}</source>
        <translation>desde {shop}</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimir</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>Imprimiendo…</translation>
    </message>
</context>
<context>
    <name>ReportViewModel</name>
    <message>
        <source>X report · shift {number}</source>
        <translation>Arqueo X · turno {number}</translation>
    </message>
    <message>
        <source>{time} · {name} · nothing is reset</source>
        <translation>{time} · {name} · no se pone nada a cero</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Devoluciones</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Ventas</translation>
    </message>
    <message>
        <source>Forms of payment</source>
        <translation>Formas de pago</translation>
    </message>
    <message>
        <source>Tax included</source>
        <translation>IVA incluido</translation>
    </message>
    <message>
        <source>Cash without sale</source>
        <translation>Efectivo sin venta</translation>
    </message>
    <message>
        <source>What else happened</source>
        <translation>Qué más ha pasado</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Discounts given</source>
        <translation>Descuentos dados</translation>
    </message>
    <message>
        <source>Paid again: {way}</source>
        <translation>Abono pendiente: {way}</translation>
    </message>
    <message>
        <source>Tax in it</source>
        <translation>Impuesto incluido</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Web payment</source>
        <translation>Pago web</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambio de artículo</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importado</translation>
    </message>
    <message>
        <source>of it keyed by hand</source>
        <translation>de ella, tecleada a mano</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Aún nada</translation>
    </message>
    <message>
        <source>base {amount}</source>
        <translation>base {amount}</translation>
    </message>
    <message>
        <source>Opening float</source>
        <translation>Fondo al abrir</translation>
    </message>
    <message>
        <source>Drawer without sale</source>
        <translation>Cajón sin venta</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>Movimientos</translation>
    </message>
    <message>
        <source>Voided lines</source>
        <translation>Líneas anuladas</translation>
    </message>
    <message>
        <source>Cancelled tickets</source>
        <translation>Tickets cancelados</translation>
    </message>
    <message>
        <source>Authorisations</source>
        <translation>Autorizaciones</translation>
    </message>
    <message>
        <source>Copies of receipts</source>
        <translation>Copias de recibos</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message>
        <source>Take an X report</source>
        <translation>Hacer un arqueo X</translation>
    </message>
    <message>
        <source>{name} may not do it alone</source>
        <translation>{name} no puede hacerlo por su cuenta</translation>
    </message>
</context>
<context>
    <name>RestPanel</name>
    <message>
        <source>Give the rest back</source>
        <translation>Abonar la diferencia</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>How is it given back?</source>
        <translation>¿Cómo se le abona?</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Devuelto</translation>
    </message>
    <message>
        <source>Taken instead</source>
        <translation>Se lleva</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Abono</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Abonar</translation>
    </message>
</context>
<context>
    <name>RestViewModel</name>
    <message>
        <source>Taken back without connection: until it is checked there is credit only</source>
        <translation>Devuelto sin conexión: hasta comprobarlo solo hay saldo a favor</translation>
    </message>
    <message>
        <source>Give {amount} back</source>
        <translation>Abonar {amount}</translation>
    </message>
    <message>
        <source>Known customer</source>
        <translation>Cliente conocido</translation>
    </message>
    <message>
        <source>To keep the customer</source>
        <translation>Atención al cliente</translation>
    </message>
    <message>
        <source>Our error</source>
        <translation>Error nuestro</translation>
    </message>
    <message>
        <source>The permission ran out: ask for it again</source>
        <translation>La autorización ha caducado: pídela otra vez</translation>
    </message>
    <message>
        <source>Something of it came back meanwhile: look at it again</source>
        <translation>Mientras tanto se devolvió algo: revísalo</translation>
    </message>
    <message>
        <source>Open a shift first: money goes out</source>
        <translation>Abre antes un turno: sale dinero</translation>
    </message>
</context>
<context>
    <name>Restocking</name>
    <message>
        <source>Back to stock</source>
        <translation>Devolver al stock</translation>
    </message>
    <message numerus="yes">
        <source>%n orders, by shelf</source>
        <translation>
            <numerusform>%n pedido, por estante</numerusform>
            <numerusform>%n pedidos, por estante</numerusform>
        </translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Pedido</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Estante</translation>
    </message>
    <message>
        <source>Scan the parcels</source>
        <translation>Escanea los bultos</translation>
    </message>
    <message>
        <source>as you take them off the shelf</source>
        <translation>al quitarlos del estante</translation>
    </message>
    <message>
        <source>Nothing goes back to stock</source>
        <translation>Nada que devolver al stock</translation>
    </message>
    <message>
        <source>Everybody came for their order.</source>
        <translation>Todos vinieron por su pedido.</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>no hay nada</translation>
    </message>
    <message>
        <source>Without label</source>
        <translation>Sin etiqueta</translation>
    </message>
    <message>
        <source>Keep longer</source>
        <translation>Guardar más</translation>
    </message>
    <message>
        <source>not any more</source>
        <translation>ya no se puede</translation>
    </message>
    <message numerus="yes">
        <source>%n parcels to scan</source>
        <translation>
            <numerusform>falta escanear %n bulto</numerusform>
            <numerusform>falta escanear %n bultos</numerusform>
        </translation>
    </message>
    <message>
        <source>{number}, parcel {parcel}</source>
        <translation>{number}, bulto {parcel}</translation>
    </message>
    <message numerus="yes">
        <source>%n more of it</source>
        <translation>
            <numerusform>queda %n más</numerusform>
            <numerusform>quedan %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>{number} stays where it is</source>
        <translation>{number} se queda donde está</translation>
    </message>
    <message>
        <source>{number} is back in stock</source>
        <translation>{number} vuelve al stock</translation>
    </message>
    <message>
        <source>It is held as long as the shop allows</source>
        <translation>Ya se guarda todo lo que permite la tienda</translation>
    </message>
    <message>
        <source>Kept until {day}</source>
        <translation>Se guarda hasta {day}</translation>
    </message>
    <message>
        <source>no parcel: loose goods</source>
        <translation>sin bulto: artículos sueltos</translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message>
        <source>The cash agrees</source>
        <translation>La caja cuadra</translation>
    </message>
    <message>
        <source>Counted and expected are the same.</source>
        <translation>Lo contado y lo esperado son iguales.</translation>
    </message>
    <message>
        <source>Cash is short by</source>
        <translation>Faltan</translation>
    </message>
    <message>
        <source>Less was counted than the till expects.</source>
        <translation>Se ha contado menos de lo que espera la caja.</translation>
    </message>
    <message>
        <source>There is too much cash</source>
        <translation>Sobran</translation>
    </message>
    <message>
        <source>More was counted than the till expects.</source>
        <translation>Se ha contado más de lo que espera la caja.</translation>
    </message>
    <message>
        <source>Cash counted</source>
        <translation>Efectivo contado</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Recount</source>
        <translation>Recontar</translation>
    </message>
    <message>
        <source>recounted already</source>
        <translation>ya se ha recontado</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Cerrar turno</translation>
    </message>
    <message>
        <source>prints the Z</source>
        <translation>imprime el Z</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>todavía no</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
    <message>
        <source>The shift is closed</source>
        <translation>Turno cerrado</translation>
    </message>
    <message>
        <source>The Z is printed and kept at this till.</source>
        <translation>El Z se imprime y queda guardado en esta caja.</translation>
    </message>
    <message numerus="yes">
        <source>Sales: %n tickets</source>
        <translation>
            <numerusform>Ventas: %n ticket</numerusform>
            <numerusform>Ventas: %n tickets</numerusform>
        </translation>
    </message>
    <message>
        <source>Cash expected</source>
        <translation>Efectivo esperado</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferencia</translation>
    </message>
    <message>
        <source>Of all shifts</source>
        <translation>De todos los turnos</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>to the sign-in</source>
        <translation>a la entrada</translation>
    </message>
    <message numerus="yes">
        <source>Returns: %n</source>
        <translation>
            <numerusform>Devoluciones: %n</numerusform>
            <numerusform>Devoluciones: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Return</name>
    <message>
        <source>at the lowest price of the last {days} days</source>
        <translation>al precio más bajo de los últimos {days} días</translation>
    </message>
    <message>
        <source>nothing to give back</source>
        <translation>nada que abonar</translation>
    </message>
    <message>
        <source>after a promotion of {amount}</source>
        <translation>tras promoción {amount}</translation>
    </message>
    <message>
        <source>all of it came back</source>
        <translation>ya se devolvió todo</translation>
    </message>
    <message>
        <source>Without connection nobody knows what came back elsewhere.</source>
        <translation>Sin conexión no se sabe qué se devolvió en otro sitio.</translation>
    </message>
    <message>
        <source>Without a receipt there is store credit only, once somebody allowed it.</source>
        <translation>Sin recibo solo se da saldo a favor, con autorización.</translation>
    </message>
    <message>
        <source>A gift: no prices here. The credit note says how much it is.</source>
        <translation>Es un regalo: aquí no hay precios. El vale dice cuánto es.</translation>
    </message>
    <message>
        <source>The delivery ({amount}) goes back too.</source>
        <translation>Se abona también el envío ({amount}).</translation>
    </message>
    <message>
        <source>The delivery ({amount}) is not given back: not everything comes back.</source>
        <translation>El envío ({amount}) no se abona: no vuelve todo.</translation>
    </message>
    <message>
        <source>The delivery ({amount}) is not given back.</source>
        <translation>El envío ({amount}) no se abona.</translation>
    </message>
    <message>
        <source>Back on gift card {card}</source>
        <translation>A la tarjeta regalo {card}</translation>
    </message>
    <message>
        <source>Back on credit {card}</source>
        <translation>Al saldo a favor {card}</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Efectivo</translation>
    </message>
    <message>
        <source>To the card that paid</source>
        <translation>A la tarjeta con que se pagó</translation>
    </message>
    <message>
        <source>To the web payment</source>
        <translation>Al pago de la web</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>As in the other system</source>
        <translation>Como en el otro sistema</translation>
    </message>
    <message>
        <source>Goods in exchange</source>
        <translation>Artículos a cambio</translation>
    </message>
    <message>
        <source>in cash</source>
        <translation>en efectivo</translation>
    </message>
    <message>
        <source>to the card</source>
        <translation>a la tarjeta</translation>
    </message>
    <message>
        <source>to the web payment</source>
        <translation>al pago de la web</translation>
    </message>
    <message>
        <source>as store credit</source>
        <translation>en saldo a favor</translation>
    </message>
    <message>
        <source>on the gift card</source>
        <translation>en la tarjeta regalo</translation>
    </message>
    <message>
        <source>as in the other system</source>
        <translation>como en el otro sistema</translation>
    </message>
    <message>
        <source>in goods</source>
        <translation>en artículos</translation>
    </message>
    <message>
        <source>At once, if the customer prefers it</source>
        <translation>Al momento, si lo prefiere</translation>
    </message>
    <message>
        <source>Out of the drawer</source>
        <translation>Del cajón</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Al momento</translation>
    </message>
    <message>
        <source>requested, 3–5 days</source>
        <translation>solicitado, 3–5 días</translation>
    </message>
    <message>
        <source>through the terminal</source>
        <translation>por el datáfono</translation>
    </message>
    <message>
        <source>No: it was paid {how}</source>
        <translation>No: se pagó {how}</translation>
    </message>
    <message>
        <source>No: what was paid so went back already</source>
        <translation>No: ya se abonó lo pagado así</translation>
    </message>
    <message>
        <source>No: a gift becomes credit</source>
        <translation>No: un regalo se abona en saldo</translation>
    </message>
    <message>
        <source>No: there is no receipt</source>
        <translation>No: no hay recibo</translation>
    </message>
    <message>
        <source>Not without connection</source>
        <translation>No sin conexión</translation>
    </message>
    <message>
        <source>Not at this till</source>
        <translation>En esta caja no</translation>
    </message>
    <message>
        <source>by card</source>
        <translation>con tarjeta</translation>
    </message>
    <message>
        <source>on the web</source>
        <translation>en la web</translation>
    </message>
    <message>
        <source>with credit</source>
        <translation>con saldo</translation>
    </message>
    <message>
        <source>with a gift card</source>
        <translation>con tarjeta regalo</translation>
    </message>
    <message>
        <source>in another system</source>
        <translation>en otro sistema</translation>
    </message>
    <message>
        <source>Gift receipt {number}</source>
        <translation>Ticket regalo {number}</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>Pedido {number}</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Recibo {number}</translation>
    </message>
    <message>
        <source>web</source>
        <translation>web</translation>
    </message>
    <message>
        <source>this shop</source>
        <translation>esta tienda</translation>
    </message>
    <message>
        <source>handed over {day}</source>
        <translation>entregado el {day}</translation>
    </message>
    <message>
        <source>Size or fit</source>
        <translation>Talla/medida</translation>
    </message>
    <message>
        <source>Not liked</source>
        <translation>No le gusta</translation>
    </message>
    <message>
        <source>Came damaged</source>
        <translation>Llegó dañado</translation>
    </message>
    <message>
        <source>Faulty</source>
        <translation>Defectuoso</translation>
    </message>
    <message>
        <source>Our error</source>
        <translation>Error nuestro</translation>
    </message>
    <message>
        <source>Other reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>Precintado</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Abierto</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usado</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañado</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>No funciona</translation>
    </message>
    <message>
        <source>Not ours</source>
        <translation>No es nuestro</translation>
    </message>
    <message>
        <source>Goes back on sale after a look at it</source>
        <translation>Vuelve a la venta tras revisarlo</translation>
    </message>
    <message>
        <source>Goes to quarantine</source>
        <translation>Va a cuarentena</translation>
    </message>
    <message>
        <source>Goes back to the supplier</source>
        <translation>Vuelve al proveedor</translation>
    </message>
    <message>
        <source>Is thrown away</source>
        <translation>Se destruye</translation>
    </message>
    <message>
        <source>back on sale</source>
        <translation>a la venta</translation>
    </message>
    <message>
        <source>to quarantine</source>
        <translation>a cuarentena</translation>
    </message>
    <message>
        <source>to the supplier</source>
        <translation>al proveedor</translation>
    </message>
    <message>
        <source>thrown away</source>
        <translation>a destruir</translation>
    </message>
    <message>
        <source>in {shops}</source>
        <translation>en {shops}</translation>
    </message>
    <message>
        <source>Guarantee until {day}</source>
        <translation>Garantía hasta el {day}</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Made to order</source>
        <translation>Personalizado</translation>
    </message>
    <message>
        <source>Hygiene</source>
        <translation>Higiene</translation>
    </message>
    <message>
        <source>Perishable</source>
        <translation>Perecedero</translation>
    </message>
    <message>
        <source>Mixed with other goods</source>
        <translation>Mezclado con otros bienes</translation>
    </message>
    <message>
        <source>Recording or software</source>
        <translation>Grabación o programa</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>Prensa</translation>
    </message>
    <message>
        <source>Digital content</source>
        <translation>Contenido digital</translation>
    </message>
    <message>
        <source>Not ours: it is not taken back</source>
        <translation>No es nuestro: no se admite</translation>
    </message>
    <message>
        <source>All of it came back already</source>
        <translation>Ya se devolvió todo</translation>
    </message>
    <message>
        <source>That serial number is not one of those sold</source>
        <translation>Ese número de serie no es de los vendidos</translation>
    </message>
    <message>
        <source>Could come back until {day}</source>
        <translation>Admitía devolución hasta el {day}</translation>
    </message>
    <message>
        <source>Cannot be returned</source>
        <translation>No admite devolución</translation>
    </message>
    <message>
        <source>Comes back sealed only</source>
        <translation>Solo se admite precintado</translation>
    </message>
    <message>
        <source>Comes back unused only</source>
        <translation>Solo se admite sin usar</translation>
    </message>
    <message>
        <source>Without a receipt</source>
        <translation>Sin recibo</translation>
    </message>
    <message>
        <source>Without a receipt up to {limit} a day and customer</source>
        <translation>Sin recibo, hasta {limit} por día y cliente</translation>
    </message>
    <message>
        <source>Without a receipt up to {limit} a day in this shop</source>
        <translation>Sin recibo, hasta {limit} por día en esta tienda</translation>
    </message>
    <message>
        <source>Without connection nobody knows what else came back</source>
        <translation>Sin conexión no se sabe qué más se devolvió</translation>
    </message>
    <message>
        <source>Without connection up to {limit} at a time</source>
        <translation>Sin conexión, hasta {limit} cada vez</translation>
    </message>
    <message>
        <source>Without connection up to {limit} a day at this till</source>
        <translation>Sin conexión, hasta {limit} al día en esta caja</translation>
    </message>
    <message>
        <source>Cash up to {limit}</source>
        <translation>Efectivo hasta {limit}</translation>
    </message>
    <message>
        <source>Goodwill up to {limit}</source>
        <translation>Gesto comercial hasta {limit}</translation>
    </message>
    <message>
        <source>choose what comes back</source>
        <translation>elige qué se devuelve</translation>
    </message>
    <message>
        <source>a line cannot come back</source>
        <translation>una línea no se admite</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>elige un motivo</translation>
    </message>
    <message>
        <source>say how it comes back</source>
        <translation>di cómo viene</translation>
    </message>
    <message>
        <source>the serial number is missing</source>
        <translation>falta el número de serie</translation>
    </message>
    <message>
        <source>somebody has to allow a line</source>
        <translation>hay que autorizar una línea</translation>
    </message>
    <message>
        <source>too much without connection</source>
        <translation>demasiado sin conexión</translation>
    </message>
    <message>
        <source>too much without a receipt</source>
        <translation>demasiado sin recibo</translation>
    </message>
    <message>
        <source>choose how it is given back</source>
        <translation>elige cómo se abona</translation>
    </message>
    <message>
        <source>{name}: under guarantee. Offer another one first, or to repair it.</source>
        <translation>{name}: en garantía. Ofrece antes otro igual o repararlo.</translation>
    </message>
    <message>
        <source>{name}: under guarantee. Offer to repair it first.</source>
        <translation>{name}: en garantía. Ofrece antes repararlo.</translation>
    </message>
    <message>
        <source>{name}: under guarantee. Offer another one first.</source>
        <translation>{name}: en garantía. Ofrece antes otro igual.</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Envío</translation>
    </message>
</context>
<context>
    <name>ReturnCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>Queda %n día</numerusform>
            <numerusform>Quedan %n días</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days too late</source>
        <translation>
            <numerusform>%n día fuera de plazo</numerusform>
            <numerusform>%n días fuera de plazo</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnPage</name>
    <message>
        <source>RETURN</source>
        <translation>DEVOLUCIÓN</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Compensate</source>
        <translation>Compensar</translation>
    </message>
    <message>
        <source>scan a receipt or an order, or type it</source>
        <translation>escanea un recibo o un pedido, o escríbelo</translation>
    </message>
    <message>
        <source>Article and lowest price</source>
        <translation>Artículo y precio más bajo</translation>
    </message>
    <message>
        <source>Article and price paid</source>
        <translation>Artículo y precio pagado</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artículo</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>Vendido</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Devuelto</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Devolvible</translation>
    </message>
    <message>
        <source>Comes back</source>
        <translation>Devuelve</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>Excepción</translation>
    </message>
    <message>
        <source>Scan the goods</source>
        <translation>Escanea los artículos</translation>
    </message>
    <message>
        <source>Each comes back at the lowest price
it lately had.</source>
        <translation>Cada uno se devuelve al precio más bajo
que ha tenido hace poco.</translation>
    </message>
    <message>
        <source>Search for what has no code</source>
        <translation>Buscar lo que no tiene código</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>ReturnViewModel</name>
    <message>
        <source>asking the central system</source>
        <translation>preguntando a la central</translation>
    </message>
    <message>
        <source>asking what came back elsewhere…</source>
        <translation>preguntando qué se devolvió en otro sitio…</translation>
    </message>
    <message>
        <source>as this till knows it</source>
        <translation>según esta caja</translation>
    </message>
    <message>
        <source>central system, {age}</source>
        <translation>central, {age}</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Número de serie</translation>
    </message>
    <message>
        <source>What is kept for wear?</source>
        <translation>¿Cuánto se descuenta por uso?</translation>
    </message>
    <message>
        <source>That is no amount</source>
        <translation>Eso no es un importe</translation>
    </message>
    <message>
        <source>Finish or leave this return first</source>
        <translation>Termina o deja antes esta devolución</translation>
    </message>
    <message>
        <source>Something of it came back elsewhere: look at it again</source>
        <translation>Se devolvió algo en otro sitio: revísalo</translation>
    </message>
</context>
<context>
    <name>RightColumn</name>
    <message>
        <source>How is it given back?</source>
        <translation>¿Cómo se le abona?</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Abono</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Abonar</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Preguntando…</translation>
    </message>
</context>
<context>
    <name>Sale</name>
    <message>
        <source>Nobody here has this badge</source>
        <translation>Nadie tiene esa tarjeta</translation>
    </message>
    <message>
        <source>You are signed in already</source>
        <translation>Ya estás dentro</translation>
    </message>
    <message>
        <source>Price of {name}</source>
        <translation>Precio de {name}</translation>
    </message>
    <message>
        <source>How many {unit} of {name}</source>
        <translation>Cuántos {unit} de {name}</translation>
    </message>
    <message>
        <source>First answer: {prompt}</source>
        <translation>Antes responde: {prompt}</translation>
    </message>
    <message>
        <source>From {least} to {most}</source>
        <translation>De {least} a {most}</translation>
    </message>
    <message>
        <source>From {least} to {most} {unit}</source>
        <translation>De {least} a {most} {unit}</translation>
    </message>
    <message>
        <source>The label fixes this line&apos;s price and quantity</source>
        <translation>La etiqueta fija precio y cantidad</translation>
    </message>
    <message>
        <source>{name} expired on {day}</source>
        <translation>{name} caducó el {day}</translation>
    </message>
    <message>
        <source>At most {count} lines on a ticket</source>
        <translation>Como mucho {count} líneas en un ticket</translation>
    </message>
    <message>
        <source>Quantity: above 0, at most {most}, whole pieces</source>
        <translation>Cantidad: más de 0, hasta {most}, unidades enteras</translation>
    </message>
    <message>
        <source>Price: from 0 to {most}</source>
        <translation>Precio: de 0 a {most}</translation>
    </message>
</context>
<context>
    <name>SalePage</name>
    <message>
        <source>Quick keys</source>
        <translation>Teclas rápidas</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Cant.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>No quick keys yet</source>
        <translation>Aún no hay teclas rápidas</translation>
    </message>
    <message>
        <source>The shop chooses them at the centre.</source>
        <translation>La tienda las elige en la central.</translation>
    </message>
    <message>
        <source>Pickups</source>
        <translation>Recogidas</translation>
    </message>
    <message>
        <source>Find by name, brand or code</source>
        <translation>Buscar por nombre, marca o código</translation>
    </message>
    <message>
        <source>See a price without selling</source>
        <translation>Ver un precio sin vender</translation>
    </message>
    <message numerus="yes">
        <source>Take up a parked ticket: %n wait</source>
        <translation>
            <numerusform>Recuperar un ticket aparcado: hay %n</numerusform>
            <numerusform>Recuperar un ticket aparcado: hay %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Scan the first article</source>
        <translation>Escanea el primer artículo</translation>
    </message>
    <message>
        <source>The code of a parked ticket or of a receipt
is welcome too.</source>
        <translation>También vale el código de un ticket
aparcado o de un recibo.</translation>
    </message>
    <message>
        <source>Wait for the answer at the right</source>
        <translation>Espera a la respuesta</translation>
    </message>
    <message>
        <source>Asking whether coupon {code} is valid…</source>
        <translation>Comprobando el cupón {code}…</translation>
    </message>
    <message>
        <source>Scanning goes on adding here</source>
        <translation>Escanear sigue añadiendo aquí</translation>
    </message>
    <message>
        <source>Scan or key in a code</source>
        <translation>Escanea o teclea un código</translation>
    </message>
    <message>
        <source>several</source>
        <translation>varias</translation>
    </message>
</context>
<context>
    <name>SaleViewModel</name>
    <message>
        <source>From 1 to {most} pieces</source>
        <translation>De 1 a {most} unidades</translation>
    </message>
    <message>
        <source>Choose a line first</source>
        <translation>Elige antes una línea</translation>
    </message>
    <message>
        <source>Scan what is taken instead</source>
        <translation>Escanea lo que se lleva</translation>
    </message>
    <message>
        <source>The ticket is empty</source>
        <translation>El ticket está vacío</translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>That code is of no use here</source>
        <translation>Ese código no sirve aquí</translation>
    </message>
    <message>
        <source>The code is empty</source>
        <translation>El código está vacío</translation>
    </message>
    <message>
        <source>The code is too long</source>
        <translation>El código es demasiado largo</translation>
    </message>
    <message>
        <source>The code holds signs no label has</source>
        <translation>El código tiene signos imposibles</translation>
    </message>
    <message>
        <source>Misread: the check digit is wrong</source>
        <translation>Mal leído: el dígito de control no cuadra</translation>
    </message>
    <message>
        <source>Misread: the price on the label does not add up</source>
        <translation>Mal leído: el precio de la etiqueta no cuadra</translation>
    </message>
    <message>
        <source>The label says weight or price 0</source>
        <translation>La etiqueta dice peso o precio 0</translation>
    </message>
    <message>
        <source>The GS1 code is badly made</source>
        <translation>El código GS1 está mal hecho</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Name, brand or code</source>
        <translation>Nombre, marca o código</translation>
    </message>
    <message>
        <source>In stock here</source>
        <translation>Con stock aquí</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>SearchViewModel</name>
    <message>
        <source>{shown} of {found}</source>
        <translation>{shown} de {found}</translation>
    </message>
    <message>
        <source>{found} found</source>
        <translation>{found} encontrados</translation>
    </message>
    <message>
        <source>Type a name, a brand or a code</source>
        <translation>Teclea un nombre, una marca o un código</translation>
    </message>
    <message>
        <source>None of them is in stock here</source>
        <translation>Ninguno tiene stock aquí</translation>
    </message>
    <message>
        <source>No article has the code {code}</source>
        <translation>Ningún artículo tiene el código {code}</translation>
    </message>
    <message>
        <source>Nothing is called “{text}”</source>
        <translation>Nada se llama «{text}»</translation>
    </message>
</context>
<context>
    <name>Shelves</name>
    <message>
        <source>Shelves</source>
        <translation>Estantes</translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n bulto</numerusform>
            <numerusform>%n bultos</numerusform>
        </translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Estante</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>Bultos</translation>
    </message>
    <message>
        <source>Where is it?</source>
        <translation>¿Dónde está?</translation>
    </message>
    <message>
        <source>Scan a parcel, or type an order</source>
        <translation>Escanea un bulto o teclea el pedido</translation>
    </message>
    <message>
        <source>The shelves are empty</source>
        <translation>Los estantes están vacíos</translation>
    </message>
    <message>
        <source>Orders that are put there are shown.</source>
        <translation>Aquí se ven los pedidos ubicados.</translation>
    </message>
    <message>
        <source>Move its parcels</source>
        <translation>Mover sus bultos</translation>
    </message>
    <message>
        <source>look for an order first</source>
        <translation>busca antes un pedido</translation>
    </message>
    <message>
        <source>No order like “{text}” here</source>
        <translation>Aquí no hay un pedido «{text}»</translation>
    </message>
    <message>
        <source>on no shelf</source>
        <translation>sin estante</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>¿Quién eres?</translation>
    </message>
    <message>
        <source>or scan your staff badge</source>
        <translation>o escanea tu tarjeta de personal</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>Buscar persona</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Nobody is known at this till yet. People arrive with the first contact.</source>
        <translation>Esta caja aún no conoce a nadie. Las personas llegan con el primer contacto.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation>Elige tu nombre</translation>
    </message>
    <message>
        <source>Key in your PIN</source>
        <translation>Teclea tu PIN</translation>
    </message>
    <message>
        <source>then your PIN</source>
        <translation>y después tu PIN</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Comprobando…</translation>
    </message>
</context>
<context>
    <name>SignInViewModel</name>
    <message>
        <source>Shift since {time}</source>
        <translation>Turno desde las {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
    <message>
        <source>The open ticket is as it was: {count}, {total}.</source>
        <translation>El ticket abierto está como estaba: {count}, {total}.</translation>
    </message>
    <message>
        <source>No ticket is open. The last sale {number} is recorded: {total}, {time}.</source>
        <translation>No hay ticket abierto. La última venta, {number}, está guardada: {total}, {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n card payments have no answer yet</source>
        <translation>
            <numerusform>%n cobro con tarjeta sin respuesta</numerusform>
            <numerusform>%n cobros con tarjeta sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card refunds have no answer yet</source>
        <translation>
            <numerusform>%n abono en tarjeta sin respuesta</numerusform>
            <numerusform>%n abonos en tarjeta sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receipts wait to be printed</source>
        <translation>
            <numerusform>%n recibo sin imprimir</numerusform>
            <numerusform>%n recibos sin imprimir</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody here has this badge</source>
        <translation>Nadie tiene esa tarjeta</translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>PIN erróneo: queda %n intento</numerusform>
            <numerusform>PIN erróneo: quedan %n intentos</numerusform>
        </translation>
    </message>
    <message>
        <source>This till is out of service: no other shift can be opened</source>
        <translation>Esta caja está dada de baja: no se puede abrir otro turno</translation>
    </message>
    <message>
        <source>Too many wrong PINs: wait {time}</source>
        <translation>Demasiados PIN erróneos: espera {time}</translation>
    </message>
</context>
<context>
    <name>StagingPage</name>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>This till has been taken out of service.</source>
        <translation>Esta caja está dada de baja.</translation>
    </message>
    <message>
        <source>Since {when} nothing is sent any more; everything is kept here. Call the person in charge of the system. No other shift can be opened.</source>
        <translation>Desde {when} ya no se envía nada; todo queda guardado aquí. Llama a quien lleva el sistema. No se puede abrir otro turno.</translation>
    </message>
    <message>
        <source>This is the copy of the till that was stopped.</source>
        <translation>Esta es la copia de la caja que se ha parado.</translation>
    </message>
    <message>
        <source>Since {when} nothing is sent any more; everything is kept here. Go on at the other one. No other shift can be opened.</source>
        <translation>Desde {when} ya no se envía nada; todo queda guardado aquí. Sigue en la otra. No se puede abrir otro turno.</translation>
    </message>
    <message>
        <source>This folder was copied from another place.</source>
        <translation>Esta carpeta se copió desde otro sitio.</translation>
    </message>
    <message>
        <source>Selling goes on. If the other till is still in use, set this one up with mostrador restore. If it was moved, this goes after a week by itself.</source>
        <translation>Se sigue vendiendo. Si la otra caja sigue en uso, prepara esta con mostrador restore. Si solo se ha trasladado, este aviso se quita solo en una semana.</translation>
    </message>
    <message>
        <source>There is another copy of this till.</source>
        <translation>Hay otra copia de esta caja.</translation>
    </message>
    <message>
        <source>Seen at {time}. Nothing is lost: look at item {number} of the conflict desk.</source>
        <translation>Vista a las {time}. No se ha perdido nada: mira la incidencia {number}.</translation>
    </message>
    <message>
        <source>Seen at {time}. Nothing is lost: a shift lead looks at the conflict desk.</source>
        <translation>Vista a las {time}. No se ha perdido nada: la persona responsable lo mira en la mesa de incidencias.</translation>
    </message>
    <message>
        <source>This till goes on with the series {series}.</source>
        <translation>Esta caja sigue con la serie {series}.</translation>
    </message>
    <message>
        <source>No number is given twice; there is nothing to do.</source>
        <translation>Ningún número se repite; no hay que hacer nada.</translation>
    </message>
    <message>
        <source>The clock of this till is {error}.</source>
        <translation>El reloj de esta caja va {error}.</translation>
    </message>
    <message>
        <source>Selling goes on and the order of sales stays right. A manager sets the clock.</source>
        <translation>Se sigue vendiendo y el orden de las ventas no cambia. Gerencia pone el reloj en hora.</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Without connection the label has to be scanned</source>
        <translation>Sin conexión hay que escanear la etiqueta</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Número de serie</translation>
    </message>
    <message>
        <source>That cannot be</source>
        <translation>No puede ser</translation>
    </message>
    <message>
        <source>That is not what this order asks for</source>
        <translation>No es lo que pide este pedido</translation>
    </message>
    <message>
        <source>It is being paid: go back from the payment first</source>
        <translation>Se está cobrando: vuelve antes del cobro</translation>
    </message>
    <message>
        <source>This till does not know that order any more</source>
        <translation>Esta caja ya no conoce ese pedido</translation>
    </message>
</context>
<context>
    <name>Stock</name>
    <message>
        <source>stock not known</source>
        <translation>stock sin datos</translation>
    </message>
    <message>
        <source>{level} here</source>
        <translation>{level} aquí</translation>
    </message>
    <message>
        <source>{age}, check it</source>
        <translation>{age}, compruébalo</translation>
    </message>
</context>
<context>
    <name>SuggestedKeys</name>
    <message>
        <source>Often bought with this</source>
        <translation>Suele llevarse con esto</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Synchronisation</source>
        <translation>Sincronización</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Conflict desk</source>
        <translation>Incidencias</translation>
    </message>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n operación apartada</numerusform>
            <numerusform>%n operaciones apartadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Enviar otra vez</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Probar ahora</translation>
    </message>
    <message>
        <source>sends what waits, asks for news</source>
        <translation>envía lo pendiente y pide novedades</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>SyncViewModel</name>
    <message>
        <source>last contact {age}</source>
        <translation>último contacto {age}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En línea</translation>
    </message>
    <message>
        <source>Delayed</source>
        <translation>Con retraso</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>Sin conexión desde {time}</translation>
    </message>
    <message>
        <source>Sending has stopped.</source>
        <translation>El envío se ha parado.</translation>
    </message>
    <message>
        <source>It is started again by itself; everything is saved here.</source>
        <translation>Arranca otra vez solo; todo queda guardado aquí.</translation>
    </message>
    <message>
        <source>a shift lead decides</source>
        <translation>decide la persona responsable</translation>
    </message>
    <message>
        <source>Sending has stopped; it is started again by itself</source>
        <translation>El envío se ha parado; arranca otra vez solo</translation>
    </message>
    <message>
        <source>Trying now</source>
        <translation>Probando ahora</translation>
    </message>
    <message numerus="yes">
        <source>%n acts are queued again</source>
        <translation>
            <numerusform>%n operación vuelve a la cola</numerusform>
            <numerusform>%n operaciones vuelven a la cola</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything has been sent</source>
        <translation>Todo está enviado</translation>
    </message>
    <message numerus="yes">
        <source>%n acts wait to be sent</source>
        <translation>
            <numerusform>%n operación por enviar</numerusform>
            <numerusform>%n operaciones por enviar</numerusform>
        </translation>
    </message>
    <message>
        <source>the oldest is of {age}</source>
        <translation>la más antigua es de {age}</translation>
    </message>
    <message>
        <source>Not compared with the centre yet</source>
        <translation>Aún no se ha comparado con la central</translation>
    </message>
    <message>
        <source>it is done after everything was sent</source>
        <translation>se compara cuando todo está enviado</translation>
    </message>
    <message>
        <source>Differs from the centre: {days}</source>
        <translation>No cuadra con la central: {days}</translation>
    </message>
    <message>
        <source>the days are sent again; look at the conflict desk</source>
        <translation>se envían otra vez esos días; mira las incidencias</translation>
    </message>
    <message>
        <source>Agrees with the centre</source>
        <translation>De acuerdo con la central</translation>
    </message>
    <message>
        <source>Agrees with the centre through {day}</source>
        <translation>De acuerdo con la central hasta el {day}</translation>
    </message>
    <message>
        <source>compared {age}</source>
        <translation>comparado {age}</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>Aún no hay copia de seguridad</translation>
    </message>
    <message>
        <source>Last backup {age}</source>
        <translation>Última copia de seguridad {age}</translation>
    </message>
    <message>
        <source>the next one failed: {why}</source>
        <translation>la siguiente falló: {why}</translation>
    </message>
    <message>
        <source>read back and found whole</source>
        <translation>releída y completa</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>The central system is busy or being serviced.</source>
        <translation>La central está ocupada o en mantenimiento.</translation>
    </message>
    <message>
        <source>Nothing to do: it is tried again by itself.</source>
        <translation>No hay que hacer nada: se intenta otra vez solo.</translation>
    </message>
    <message>
        <source>The central system does not answer.</source>
        <translation>La central no contesta.</translation>
    </message>
    <message>
        <source>Look whether the shop has internet. Everything is saved and goes by itself.</source>
        <translation>Mira si la tienda tiene internet. Todo queda guardado y se envía solo.</translation>
    </message>
    <message>
        <source>The central system answered something this till does not understand.</source>
        <translation>La central ha contestado algo que esta caja no entiende.</translation>
    </message>
    <message>
        <source>Nothing is lost. If it stays, call support and name the code {code}.</source>
        <translation>No se ha perdido nada. Si sigue así, llama a soporte y di el código {code}.</translation>
    </message>
    <message>
        <source>It is too large to be sent.</source>
        <translation>Es demasiado grande para enviarla.</translation>
    </message>
    <message>
        <source>It cannot be read.</source>
        <translation>No se puede leer.</translation>
    </message>
    <message>
        <source>The central system would not take it ({code}).</source>
        <translation>La central no la ha aceptado ({code}).</translation>
    </message>
    <message>
        <source>sale</source>
        <translation>venta</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>turno</translation>
    </message>
    <message>
        <source>cash movement</source>
        <translation>movimiento de caja</translation>
    </message>
    <message>
        <source>card payment</source>
        <translation>cobro con tarjeta</translation>
    </message>
    <message>
        <source>ticket</source>
        <translation>ticket</translation>
    </message>
    <message>
        <source>sign-in</source>
        <translation>entrada</translation>
    </message>
    <message>
        <source>authorisation</source>
        <translation>autorización</translation>
    </message>
    <message>
        <source>receipt</source>
        <translation>recibo</translation>
    </message>
    <message>
        <source>drawer</source>
        <translation>cajón</translation>
    </message>
    <message>
        <source>other act</source>
        <translation>otra operación</translation>
    </message>
    <message>
        <source>no room on the disk: make some</source>
        <translation>no hay sitio en el disco: libera espacio</translation>
    </message>
    <message>
        <source>the second place is missing: plug in the stick or the share</source>
        <translation>falta el segundo sitio: conecta el lápiz USB o la carpeta de red</translation>
    </message>
    <message>
        <source>it could not be read back: have the disk looked at</source>
        <translation>no se pudo volver a leer: que revisen el disco</translation>
    </message>
    <message>
        <source>it could not be written; it is tried again by itself</source>
        <translation>no se pudo escribir; se intenta otra vez sola</translation>
    </message>
    <message>
        <source>Call the person in charge of the system. Selling goes on, nothing is lost.</source>
        <translation>Llama a quien lleva el sistema. Se sigue vendiendo y no se pierde nada.</translation>
    </message>
    <message>
        <source>This till has been taken out of service.</source>
        <translation>Esta caja está dada de baja.</translation>
    </message>
    <message>
        <source>The disk of this till cannot be written.</source>
        <translation>No se puede escribir en el disco de esta caja.</translation>
    </message>
    <message>
        <source>The central system does not recognise this till&apos;s signature.</source>
        <translation>La central no reconoce la firma de esta caja.</translation>
    </message>
    <message>
        <source>The central system does not know this till.</source>
        <translation>La central no conoce esta caja.</translation>
    </message>
    <message>
        <source>What answers is not the central system this till trusts.</source>
        <translation>Lo que contesta no es la central en la que confía esta caja.</translation>
    </message>
    <message>
        <source>The journal here and the one at the centre do not agree.</source>
        <translation>El diario de aquí y el de la central no coinciden.</translation>
    </message>
    <message>
        <source>Nothing is lost; a shift lead looks at the conflict desk.</source>
        <translation>No se ha perdido nada; se mira en la mesa de incidencias.</translation>
    </message>
    <message>
        <source>The sums of a day here and at the centre differ.</source>
        <translation>Las sumas de un día no son iguales aquí y en la central.</translation>
    </message>
    <message>
        <source>The day is sent again by itself; look at the conflict desk.</source>
        <translation>El día se envía otra vez solo; mira las incidencias.</translation>
    </message>
    <message>
        <source>The catalogue that came down was damaged.</source>
        <translation>El catálogo que llegó estaba dañado.</translation>
    </message>
    <message>
        <source>Selling goes on with the one before; it is fetched again by itself.</source>
        <translation>Se sigue vendiendo con el anterior; se pide otra vez solo.</translation>
    </message>
</context>
<context>
    <name>TakingUp</name>
    <message>
        <source>Park or finish this ticket first</source>
        <translation>Aparca o termina antes este ticket</translation>
    </message>
    <message>
        <source>Take the ticket from {till}</source>
        <translation>Quitar el ticket a {till}</translation>
    </message>
    <message>
        <source>It asked for it first and did not go on with it.</source>
        <translation>Lo pidió antes y no ha seguido con él.</translation>
    </message>
    <message>
        <source>{till} took that ticket up already</source>
        <translation>{till} ya ha recuperado ese ticket</translation>
    </message>
    <message>
        <source>That ticket does not wait any more</source>
        <translation>Ese ticket ya no espera</translation>
    </message>
    <message>
        <source>{till} is taking that ticket up since {time}</source>
        <translation>{till} está recuperando ese ticket desde las {time}</translation>
    </message>
    <message>
        <source>That ticket does not wait here any more</source>
        <translation>Ese ticket ya no espera aquí</translation>
    </message>
    <message>
        <source>the till that parked it</source>
        <translation>la caja que lo aparcó</translation>
    </message>
    <message>
        <source>That ticket is too long to be sent: take it up at {till}</source>
        <translation>Ese ticket es demasiado largo para enviarlo: recupéralo en {till}</translation>
    </message>
    <message>
        <source>That ticket was taken up here already</source>
        <translation>Ese ticket ya se ha recuperado aquí</translation>
    </message>
    <message>
        <source>That ticket cannot be read here: take it up at {till}</source>
        <translation>Ese ticket no se puede leer aquí: recupéralo en {till}</translation>
    </message>
    <message>
        <source>Only where it was parked: no connection</source>
        <translation>Solo donde se aparcó: sin conexión</translation>
    </message>
    <message>
        <source>Only from {till}: no connection</source>
        <translation>Solo desde {till}: sin conexión</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>The customer is here</source>
        <translation>El cliente está aquí</translation>
    </message>
    <message>
        <source>the customer waits</source>
        <translation>el cliente espera</translation>
    </message>
    <message>
        <source>The code is of no use here</source>
        <translation>Este código no vale aquí</translation>
    </message>
    <message>
        <source>This till knows no order {number}.</source>
        <translation>Esta caja no conoce el pedido {number}.</translation>
    </message>
    <message>
        <source>Unknown order</source>
        <translation>Pedido desconocido</translation>
    </message>
    <message>
        <source>{till} is handing it over since {time}.</source>
        <translation>La {till} lo está entregando desde las {time}.</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Hacerse cargo</translation>
    </message>
    <message>
        <source>Another till has it</source>
        <translation>Lo tiene otra caja</translation>
    </message>
    <message>
        <source>{till} handed it over at {time}.</source>
        <translation>Lo entregó la {till} a las {time}.</translation>
    </message>
    <message>
        <source>Collected already</source>
        <translation>Ya recogido</translation>
    </message>
    <message>
        <source>It waits in {shop}.</source>
        <translation>Espera en {shop}.</translation>
    </message>
    <message>
        <source>It is in another shop</source>
        <translation>Está en otra tienda</translation>
    </message>
    <message>
        <source>The central system does not have it on a shelf: ask again soon.</source>
        <translation>La central no lo tiene en un estante: pregunta otra vez enseguida.</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Aún no está listo</translation>
    </message>
    <message>
        <source>Handed over in part</source>
        <translation>Entregado en parte</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>{amount} go back by the way it was paid</source>
        <translation>{amount} se devuelven por el medio con que se pagó</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>Imprimir otra vez</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>{number} is on its shelf again, as if it had never left.</source>
        <translation>{number} está otra vez en su estante, como si no hubiera salido.</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Entrega deshecha</translation>
    </message>
    <message>
        <source>{number} is of this shop and on its way to this till: ask again soon.</source>
        <translation>{number} es de esta tienda y está llegando a esta caja: pregunta otra vez enseguida.</translation>
    </message>
    <message>
        <source>Not here yet</source>
        <translation>Aún no ha llegado</translation>
    </message>
    <message>
        <source>{number} waits in {shop}.</source>
        <translation>{number} espera en {shop}.</translation>
    </message>
    <message>
        <source>Ask for it here</source>
        <translation>Pedir que lo traigan</translation>
    </message>
    <message>
        <source>The central system was asked to bring {number} here.</source>
        <translation>Se ha pedido a la central que traiga {number} aquí.</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Pedido hecho</translation>
    </message>
</context>
<context>
    <name>TextEntryPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>TicketCustomer</name>
    <message numerus="yes">
        <source>%n articles are not on the ticket</source>
        <translation>
            <numerusform>%n artículo no está en el ticket</numerusform>
            <numerusform>%n artículos no están en el ticket</numerusform>
        </translation>
    </message>
    <message>
        <source>Card {card} is not known here, and the centre does not answer</source>
        <translation>La tarjeta {card} no se conoce aquí, y la central no responde</translation>
    </message>
    <message>
        <source>No customer has card {card}</source>
        <translation>Ningún cliente tiene la tarjeta {card}</translation>
    </message>
</context>
<context>
    <name>TicketShown</name>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>sin empezar</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>desde las {time}</translation>
    </message>
</context>
<context>
    <name>TicketWords</name>
    <message>
        <source>price changed, was {was}</source>
        <translation>precio cambiado, era {was}</translation>
    </message>
    <message>
        <source>VOIDED</source>
        <translation>ANULADA</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Descuento</translation>
    </message>
    <message>
        <source>Discount on the ticket</source>
        <translation>Descuento del ticket</translation>
    </message>
    <message>
        <source>Promotion on the ticket</source>
        <translation>Promoción del ticket</translation>
    </message>
    <message>
        <source>Takes nothing off this ticket yet</source>
        <translation>Aún no descuenta nada de este ticket</translation>
    </message>
    <message>
        <source>Coupon {code}</source>
        <translation>Cupón {code}</translation>
    </message>
</context>
<context>
    <name>ToldPanel</name>
    <message>
        <source>Next customer</source>
        <translation>Siguiente cliente</translation>
    </message>
    <message>
        <source>Back to the sale</source>
        <translation>Volver a la venta</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>TotalsWords</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n artículo</numerusform>
            <numerusform>%n artículos</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved {amount}</source>
        <translation>Ahorro {amount}</translation>
    </message>
    <message>
        <source>VAT included</source>
        <translation>IVA incluido</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Came back {amount}</source>
        <translation>Devuelto {amount}</translation>
    </message>
    <message>
        <source>To give back</source>
        <translation>Por abonar</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>Por cobrar</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>Sin diferencia</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Cobrar</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Abonar</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>sin diferencia</translation>
    </message>
    <message>
        <source>empty ticket</source>
        <translation>ticket vacío</translation>
    </message>
    <message>
        <source>scan what is taken instead</source>
        <translation>escanea lo que se lleva</translation>
    </message>
</context>
<context>
    <name>TroublePanel</name>
    <message>
        <source>What happened</source>
        <translation>Qué ha pasado</translation>
    </message>
    <message>
        <source>Is the money safe?</source>
        <translation>¿Está el dinero a salvo?</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Qué hacer</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Entendido</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
</context>
<context>
    <name>TroubleViewModel</name>
    <message>
        <source>The till cannot save</source>
        <translation>La caja no puede guardar</translation>
    </message>
    <message>
        <source>The till lost its disk for a moment</source>
        <translation>La caja perdió su disco un momento</translation>
    </message>
    <message>
        <source>The sale is saved</source>
        <translation>La venta está guardada</translation>
    </message>
    <message>
        <source>The till cannot tell whether it saved</source>
        <translation>La caja no sabe si lo ha guardado</translation>
    </message>
    <message>
        <source>The ticket is another by now</source>
        <translation>El ticket ya es otro</translation>
    </message>
    <message>
        <source>That looks like a card number</source>
        <translation>Eso parece un número de tarjeta</translation>
    </message>
    <message>
        <source>For support: {detail}</source>
        <translation>Para soporte: {detail}</translation>
    </message>
    <message>
        <source>The disk is full, read-only or damaged. The last act was not saved.</source>
        <translation>El disco está lleno, protegido o dañado. Lo último no se ha guardado.</translation>
    </message>
    <message>
        <source>The disk failed while saving, and was looked up again: the ticket shown is the one that is saved.</source>
        <translation>El disco falló al guardar y se ha vuelto a mirar: el ticket que ves es el guardado.</translation>
    </message>
    <message>
        <source>The disk failed while saving, and was looked up again: the sale {number} is recorded.</source>
        <translation>El disco falló al guardar y se ha vuelto a mirar: la venta {number} está guardada.</translation>
    </message>
    <message>
        <source>The disk failed while saving and cannot be read now.</source>
        <translation>El disco falló al guardar y ahora no se puede leer.</translation>
    </message>
    <message>
        <source>It was paid, parked or changed before this act. The ticket shown is the one that is saved.</source>
        <translation>Se cobró, aparcó o cambió antes de esto. El ticket que ves es el guardado.</translation>
    </message>
    <message>
        <source>Card numbers are never written down here. The act was not done.</source>
        <translation>Aquí nunca se apuntan números de tarjeta. No se ha hecho.</translation>
    </message>
    <message>
        <source>Yes. The ticket is as it was before, and no payment was recorded.</source>
        <translation>Sí. El ticket está como antes y no se ha guardado ningún cobro.</translation>
    </message>
    <message>
        <source>Yes. Everything on the screen is saved; there is no sale yet.</source>
        <translation>Sí. Todo lo que ves está guardado; todavía no hay venta.</translation>
    </message>
    <message>
        <source>Yes. The sale is saved once; do not charge it again.</source>
        <translation>Sí. La venta está guardada una vez; no la cobres de nuevo.</translation>
    </message>
    <message>
        <source>We do not know yet. Take no money and hand nothing over for this ticket.</source>
        <translation>Aún no lo sabemos. No cobres ni entregues nada de este ticket.</translation>
    </message>
    <message>
        <source>Yes. Nothing was done twice.</source>
        <translation>Sí. Nada se ha hecho dos veces.</translation>
    </message>
    <message>
        <source>Yes. Nothing of it was saved.</source>
        <translation>Sí. No se ha guardado nada de eso.</translation>
    </message>
    <message>
        <source>Take no money. Free some space on the disk or call for help, then try again: nothing is charged twice.</source>
        <translation>No cobres. Haz sitio en el disco o pide ayuda, y prueba otra vez: nada se cobra dos veces.</translation>
    </message>
    <message>
        <source>Look at the ticket and go on from there.</source>
        <translation>Mira el ticket y sigue desde ahí.</translation>
    </message>
    <message>
        <source>Hand out the change and go on; the receipt can be printed from Receipts.</source>
        <translation>Da el cambio y sigue; el recibo se puede imprimir desde Recibos.</translation>
    </message>
    <message>
        <source>Start the till again: it will show the ticket as it was or the sale as recorded.</source>
        <translation>Reinicia la caja: enseñará el ticket como estaba o la venta guardada.</translation>
    </message>
    <message>
        <source>Write it again without the number.</source>
        <translation>Escríbelo otra vez sin el número.</translation>
    </message>
</context>
<context>
    <name>Undoing</name>
    <message>
        <source>Take a handover back</source>
        <translation>Deshacer una entrega</translation>
    </message>
</context>
<context>
    <name>Unfolded</name>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>How does it come back?</source>
        <translation>¿Cómo viene?</translation>
    </message>
    <message>
        <source>Where it goes follows from how it comes back</source>
        <translation>Según cómo venga se sabrá adónde va</translation>
    </message>
    <message>
        <source>Serial: {serials}</source>
        <translation>Serie: {serials}</translation>
    </message>
    <message>
        <source>{amount} kept for wear</source>
        <translation>{amount} descontados por uso</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Other bin</source>
        <translation>Otro destino</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>Excepción</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Wear</source>
        <translation>Uso</translation>
    </message>
</context>
<context>
    <name>Unproven</name>
    <message>
        <source>{name} is no article of this shop: it is not taken back without its receipt</source>
        <translation>{name} no es un artículo de esta tienda: sin su recibo no se devuelve</translation>
    </message>
    <message>
        <source>{name} is not sold any more: it comes back with its receipt only</source>
        <translation>{name} ya no se vende: solo se devuelve con su recibo</translation>
    </message>
    <message>
        <source>{name} is sold by measure: it comes back with its receipt only</source>
        <translation>{name} se vende a granel: solo se devuelve con su recibo</translation>
    </message>
    <message>
        <source>{name} has no fixed price: it comes back with its receipt only</source>
        <translation>{name} no tiene precio fijo: solo se devuelve con su recibo</translation>
    </message>
    <message>
        <source>{name}: a gift card does not come back</source>
        <translation>{name}: una tarjeta regalo no se devuelve</translation>
    </message>
    <message>
        <source>{name}: no more of it goes on one return</source>
        <translation>{name}: no caben más en una devolución</translation>
    </message>
</context>
<context>
    <name>ValueCard</name>
    <message>
        <source>Gift card</source>
        <translation>Tarjeta regalo</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Saldo a favor</translation>
    </message>
    <message>
        <source>That is no code of a gift card or credit: compare it sign by sign</source>
        <translation>No es un código de tarjeta regalo ni de vale: compáralo signo a signo</translation>
    </message>
    <message>
        <source>Too many codes that do not exist: wait a while, then try again</source>
        <translation>Demasiados códigos que no existen: espera un poco y vuelve a probar</translation>
    </message>
    <message>
        <source>No connection: what is on the card cannot be known. Take another form of payment</source>
        <translation>Sin conexión: no se puede saber qué saldo tiene. Cobra con otra forma de pago</translation>
    </message>
    <message>
        <source>No answer: nothing was charged. Try again, or take another form of payment</source>
        <translation>Sin respuesta: no se ha cobrado nada. Prueba otra vez o cobra con otra forma de pago</translation>
    </message>
    <message>
        <source>No card has the code {code}</source>
        <translation>Ninguna tarjeta tiene el código {code}</translation>
    </message>
    <message>
        <source>The card is in {currency}, not in {ours}</source>
        <translation>La tarjeta es en {currency}, no en {ours}</translation>
    </message>
    <message>
        <source>Nothing is left on it</source>
        <translation>No le queda saldo</translation>
    </message>
    <message>
        <source>All of it is set aside for another ticket: finish that one first</source>
        <translation>Todo su saldo está reservado para otro ticket: acaba antes ese</translation>
    </message>
    <message>
        <source>Only {amount} is left on it by now</source>
        <translation>Ya solo le quedan {amount}</translation>
    </message>
    <message>
        <source>It took too long and nothing was charged: charge it again</source>
        <translation>Ha tardado demasiado y no se ha cobrado nada: cóbralo otra vez</translation>
    </message>
    <message>
        <source>The card is not in {ours}</source>
        <translation>La tarjeta no es en {ours}</translation>
    </message>
    <message>
        <source>Set aside for another ticket</source>
        <translation>Reservado para otro ticket</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Válida hasta</translation>
    </message>
    <message>
        <source>does not expire</source>
        <translation>no caduca</translation>
    </message>
    <message>
        <source>It was not sold yet: nothing is on it</source>
        <translation>Aún no se ha vendido: no tiene saldo</translation>
    </message>
    <message>
        <source>It is blocked: the office knows why</source>
        <translation>Está bloqueada: la oficina sabe por qué</translation>
    </message>
    <message>
        <source>It has expired</source>
        <translation>Ha caducado</translation>
    </message>
    <message>
        <source>It was valid until {day}</source>
        <translation>Era válida hasta el {day}</translation>
    </message>
</context>
<context>
    <name>ValueCardPanel</name>
    <message>
        <source>{amount} still to pay</source>
        <translation>Falta por cobrar {amount}</translation>
    </message>
    <message>
        <source>one moment</source>
        <translation>un momento</translation>
    </message>
    <message>
        <source>{amount} from it</source>
        <translation>{amount} de su saldo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Scan the card or the note, or type its code</source>
        <translation>Escanea la tarjeta o el vale, o teclea su código</translation>
    </message>
    <message>
        <source>Asking what is on {card}…</source>
        <translation>Preguntando el saldo de {card}…</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>To charge</source>
        <translation>A cobrar</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Another card</source>
        <translation>Otra tarjeta</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Cobrar</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espacio</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Consultar</translation>
    </message>
    <message>
        <source>Left afterwards</source>
        <translation>Quedará</translation>
    </message>
    <message>
        <source>No connection: not checked. At most {amount} for this ticket</source>
        <translation>Sin conexión: sin comprobar. Como mucho {amount} en este ticket</translation>
    </message>
</context>
<context>
    <name>ValueCardViewModel</name>
    <message>
        <source>Gift card or credit</source>
        <translation>Vale o tarjeta regalo</translation>
    </message>
    <message>
        <source>What is on the card</source>
        <translation>Qué saldo tiene</translation>
    </message>
    <message>
        <source>From {least} to {most}</source>
        <translation>De {least} a {most}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>each</source>
        <translation>ud</translation>
    </message>
    <message>
        <source>Till {number}</source>
        <translation>Caja {number}</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Caja</translation>
    </message>
    <message>
        <source>Shift lead</source>
        <translation>Responsable</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Gerente</translation>
    </message>
</context>
</TS>
