//! Words for what records are of where they are of no people: talk, what a firm offers or knows.

/// Words at the end of names of records in which people address each other or speak of somebody.
pub(super) const TALK: &str = "message messages mail chat conversation comment note remark memo post review reply letter nachricht \
    mensaje messaggio feedback rating testimonial answer question topic thread story article photo \
    picture upload attachment document file image video like vote reaction bookmark 评论 消息 留言 评价 avis \
    commentaire comentario opinion notiz kommentar bewertung";

/// Words of names of what a firm offers or knows in general.
pub(super) const CATALOGUE: &str = "product item article film movie track album artist genre category country city state province \
    currency language type status role permission setting config configuration option migration version \
    course book title tag color colour size unit tax rate price plan sku catalog catalogue menu template \
    translation locale timezone holiday calendar zone zip actor playlist media feature lookup aircraft \
    airport flight room inventory stock collection subcategory model produkt artikel produit producto \
    prodotto land pais pays paese shipper carrier region territory 商品 产品 分类 类别 城市 国家 分組 attribute \
    airfare ware buch livre libro kategorie categorie categoria laboratory medication drug medicament \
    disease diagnosis vaccine";

/// Words at the end of names of what one person asks of a firm, and is answered in.
pub(super) const MATTERS: &str = "ticket case support complaint claim dispute inquiry enquiry helpdesk reklamation reklamacja anfrage \
    beschwerde reclamo reclamacion reclamation klacht incident zgloszenie chamado segnalazione 工单 投诉";
