//! Words in names of dates: what came to be then, and what did not. Beginnings of words, so that compounds are known.

/// A record came to be: it was put in, somebody joined.
pub(super) const BEGINNINGS: &str = "creat insert added dateadd registr regist signup signedup joined erstell angeleg anlage erfass \
    eingetrag cree alta criad cadastr inscri aangemaakt utworz oprett skapad 创建 注册 新增 建立 chuangjian zhuce";

/// What the record tells of happened.
pub(super) const HAPPENINGS: &str = "order placed booked booking purchas bought invoic billed issued sent post publish submit written \
    receiv rental rented paid payment occur logged happen enrol admitted admission visit opened raised filed started \
    viewed clicked uploaded event bestell rechnung gebucht buchung gesendet gekauft eingang pedido compra enviad factura \
    commande achat envoye facture paiement ordine acquist inviato fattura besteld verzond zamow wyslan \
    下单 订单 支付 付款 发送 发布 购买 xiadan";

/// It says when something else was, is or will be.
pub(super) const OTHERS: &str = "updat modif chang edit delet remov expir valid until due end last next birth born dob ship deliver \
    requir return cancel clos approv confirm read seen retir terminat releas renew archiv sched plan geaend geand geburt \
    gelosch faellig fallig letzt nacim naiss nascit ultim dernier proxim maj zone duration estimat actual refund \
    更新 修改 删除 到期 最后 生日 出生";
