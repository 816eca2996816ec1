//! How to read each figure: what it shows, an example, and what it does not show.
//!
//! Words of the study are in braces; see [`super::terms::expand_terms`].

/// "Predicted market share by product".
pub const MARKET_SHARE: &str = concat!(
    "Each bar is the share of all respondents that the choice rule gives to the product; the outline \
     is the share before any edit. A bar that ends 2 below its outline has lost 2 % of all \
     respondents. With a None option, products and None sum to 100 %. The thin line is the 90 % \
     interval of the share now. ",
    interval_meaning!(),
    " Two products may differ even if their lines overlap; to judge a change, read its own interval \
     in the lines of the focus brand."
);

/// "Money by brand".
pub const MONEY_BY_BRAND: &str = concat!(
    "Each bar is a brand's figure, and its line is the 90 % interval. ",
    interval_meaning!(),
    " Rates, volumes and margins do not come from the survey, so the interval does not cover errors \
     in them."
);

/// "Share by segment".
pub const SEGMENT_SHARES: &str = "Each group of bars is a product, and each bar is its share among the \
    respondents of one segment. The bars of a segment sum to 100, or to less with a None option. \
    Shares of small segments vary by chance: select a segment under Segments to see its intervals.";

/// "Choosers".
pub const CHOOSERS: &str = "Each bar is the people who choose a product, divided into their segments or \
    into the brands that they have today; the first bar is all respondents. A part that is larger than \
    in the first bar is a group that the product attracts more than others do. The figure does not show \
    how many people choose a product.";

/// "Willingness to pay".
pub const WILLINGNESS_TO_PAY: &str = "Each pair of bars is a level of an attribute. Above 0, \
    respondents would pay more for it than for the level that the product has. The algebraic amount \
    is the worth of the level to the median respondent; the simulated amount is the price change at \
    which the product with that level has its original share. Under Distribution, a curve shows which \
    share of the respondents would pay more than each amount for one level. The figure does not show \
    what the level costs to provide.";

/// "Price elasticity".
pub const PRICE_ELASTICITY: &str = concat!(
    "A cell of −2 on the diagonal means that a price increase of 1 % costs the product 2 % of its \
     share; a cell of 0.5 elsewhere in the column means that the product of that row then gains 0.5 % \
     of its own share. The larger the numbers of a column, the more its product's price matters to the \
     others. The 90 % interval of a cell is in its hover text and in the figure's data. ",
    interval_meaning!(),
    " Elasticities hold for small changes around the current prices, not for large ones."
);

/// "Demand curve".
pub const DEMAND_CURVE: &str = concat!(
    "The upper curve is the product's share at each price while all other offers stay the same; the \
     band is its 90 % interval. ",
    interval_meaning!(),
    " The curves below are the revenue and EBIT of its brand: the price with the highest EBIT earns \
     the most. The figure does not show how competitors would respond."
);

/// "Price finder".
pub const PRICE_FINDER: &str = concat!(
    "The upper curve is the objective at each surveyed price while all other offers stay the same, the \
     lower one the product's share; bands are 90 % intervals. ",
    interval_meaning!(),
    " The interval of the gain is the one to judge: the band does not show how figures move together. \
     The figure does not show how competitors would respond."
);

/// "Reach by line size".
pub const REACH_BY_SIZE: &str = "Each point is the best line of that many offers, in addition to the kept \
    ones: the percentage of respondents who choose one of its offers rather than a competitor or None. \
    Where the line becomes flat, a further offer mostly takes respondents from the others. The figure \
    does not show what an offer costs to provide.";

/// "Diversion".
pub const DIVERSION: &str = "Each row is a product that is withdrawn; a cell is the percentage of its \
    buyers who switch to the product of that column. A cell of 40 means a close substitute. Rows sum \
    to 100, and a row is empty if nobody buys the product. The figure does not show how many buyers \
    there are.";

/// "Importance".
pub const IMPORTANCE: &str = "Each bar is how much of the choice an attribute decides: the difference \
    between a respondent's best and worst level, in percent of the sum of these differences over all \
    attributes, averaged over respondents. Bars of one color sum to 100. Importance depends on the \
    levels in the survey: the wider the range of surveyed prices, the more important the price.";

/// "Part-worths".
pub const PART_WORTHS: &str = concat!(
    "A level above 0 is worth more than the average level of its attribute, and a level below 0 is \
     worth less; the thin line is the 90 % interval. ",
    interval_meaning!(),
    " You can compare differences across attributes: a difference of 1 is worth the same everywhere. \
     You cannot compare heights, because each attribute has its own 0."
);

/// "Attraction to chosen product".
pub const ATTRACTION: &str = "Each row is the respondents who choose one product, and each column is an \
    offer that they could choose instead. A cell of 20 means that the offer's probability is at most \
    20 % for 80 % of these respondents, or for half of them if both offers are of the same brand, as \
    on the diagonal. The figure does not show how many respondents are in a row.";

/// "Attraction in detail" of two products.
pub const DETAIL_OF_PAIR: &str = "Each mark is a respondent who chooses the chosen product: the \
    farther right, the more probable that choice is; the higher, the closer the competing product \
    comes. A respondent near 1 is almost as likely to choose the competing product, one near 0.1 a \
    tenth as likely. The figure does not show which change would win the respondent over.";

/// "Attraction in detail" of a product and itself.
pub const DETAIL_OF_PRODUCT: &str = "The curve shows how probable the product is for the respondents \
    who choose it; each tick below is one of them. The curve is high where there are many \
    respondents: near 90 % they are sure of their choice, near 30 % they are not. The figure does not \
    show which product comes second.";

/// "Attraction to chosen brand".
pub const BRAND_ATTRACTION: &str = "Each curve shows how probable a brand, with all its products, is \
    for the respondents who choose it; each tick below is one of them. If most of a curve is near \
    90 %, the brand's buyers are sure of it; near 30 %, they could easily switch. Heights do not show \
    how many respondents choose a brand, because every curve has about the same area.";

/// "Brand scavengers".
pub const BRAND_SCAVENGERS: &str = "All curves are of the same respondents, those who choose the focal \
    brand, and show how probable each brand is for them. They would switch most readily to the rival \
    whose curve is farthest right. The figure does not show what would make them switch.";

/// "Customers" of a lockstep.
pub const CUSTOMERS: &str = "At each point, a line shows how many thousand {customers} more (above 0) or \
    fewer (below 0) a brand or parent company has than at the baseline. What one wins, others lose, \
    because the market does not grow. The figure does not show what a {customer} brings in; see ARPU.";

/// "Revenue" of a lockstep.
pub const REVENUE: &str = "At each point, a line shows how many thousands a {month} a brand takes in \
    above or below the baseline. Revenue can rise while {customers} leave, if those who stay or join \
    pay more. The figure does not show what they cost; see EBIT.";

/// "Share" of a lockstep.
pub const SHARE: &str = "At each point, a line shows which percentage of all respondents chooses a \
    product. If a line falls from 20 to 15, then of 100 respondents 5 choose something else at that \
    price; products of one brand have one color. The figure does not show where respondents went; see \
    Movement.";

/// "ARPU" of a lockstep.
pub const ARPU: &str = "At each point, a line shows how far the average revenue per {customer} and \
    {month} is from the baseline. A value of 10 means 10 more a {month} for each {customer} on average, \
    including those who keep their {contract}. The figure does not show how many {customers} are left \
    to pay it.";

/// "EBIT" of a lockstep.
pub const EBIT: &str = "At each point, a line shows how many thousands a {month} a brand's earnings \
    before interest and taxes are above or below the baseline. Costs are a fixed amount plus an \
    amount per {customer}, set so that the study's own offers earn the study's margin. The figure \
    does not show other costs that a price change may cause.";

/// "Movement" of a segment.
pub const SEGMENT_MOVEMENT: &str = "The figure is about the segment's respondents who choose the focal \
    brand at the baseline point. A line is the percentage of them that a brand has won, less what it \
    has lost to the focal brand; the focal brand's own line is its total gain or loss. If a rival's \
    line is at 5 %, then of 100 such respondents 5 more went to the rival than came from it. Moves \
    between two rivals are not shown.";

/// "Movement at one point".
pub const MOVEMENT_AT_POINT: &str = "Each bar is the net movement of a segment at the chosen point, in \
    percent of the segment's respondents who choose the focal brand at the baseline point. If the \
    focal brand's bar is −10 %, it has lost a tenth of them. Bars of two segments compare shares, not \
    numbers of people.";

/// A heatmap of an attribute grid.
pub const ATTRIBUTE_GRID: &str = "Each cell is a scenario: the first product has the costs of the \
    cell's column and row; the other products of the table have costs at the same positions of their \
    own ranges. Color and number are the focal brand's change from the baseline pair (◇); the highest \
    cell has a ★. The figure does not show what lies between the cells or beyond them.";

/// "Scenarios compared".
pub const SCENARIO_COMPARISON: &str = "For each product or brand, the outline is the study's own \
    offers, and each bar next to it is a scenario. A bar that ends above the outline is a gain. The \
    figure does not show which edit of a scenario caused it.";

/// Every explanation with the figure that shows it.
#[cfg(test)]
pub(super) const ALL: [(&str, &str); 26] = [
    ("Predicted market share by product", MARKET_SHARE),
    ("Money by brand", MONEY_BY_BRAND),
    ("Share by segment", SEGMENT_SHARES),
    ("Choosers", CHOOSERS),
    ("Willingness to pay", WILLINGNESS_TO_PAY),
    ("Price elasticity", PRICE_ELASTICITY),
    ("Demand curve", DEMAND_CURVE),
    ("Price finder", PRICE_FINDER),
    ("Reach by line size", REACH_BY_SIZE),
    ("Diversion", DIVERSION),
    ("Importance", IMPORTANCE),
    ("Part-worths", PART_WORTHS),
    ("Attraction to chosen product", ATTRACTION),
    ("Attraction in detail of two products", DETAIL_OF_PAIR),
    ("Attraction in detail of one product", DETAIL_OF_PRODUCT),
    ("Attraction to chosen brand", BRAND_ATTRACTION),
    ("Brand scavengers", BRAND_SCAVENGERS),
    ("Customers", CUSTOMERS),
    ("Revenue", REVENUE),
    ("Share", SHARE),
    ("ARPU", ARPU),
    ("EBIT", EBIT),
    ("Movement of a segment", SEGMENT_MOVEMENT),
    ("Movement at one point", MOVEMENT_AT_POINT),
    ("Attribute grid", ATTRIBUTE_GRID),
    ("Scenarios compared", SCENARIO_COMPARISON),
];
