"""Quotes: each brought to the same terms."""

from tco.model.own import quotes
from tests.lines.worked import worked

case = worked(quotes)

case("quote_rate", offered_currency=["EUR", "USD", "USD"], currencies=["USD", "EUR"],
     exchange_rate=[1, 1.1], gives=[1.1, 1, 1])  # fmt: skip
case("quote_price", offered_price=[100, 200], quote_rate=[1.1, 1], gives=[110, 200])
case("quote_freight", quote_price=[1000, 1000, 2000], quote_bears_freight=[1, 0, 0],
     freight_share=0.02, quote_bears_insurance=[1, 1, 0], transit_insurance_share=0.003,
     gives=[23, 3, 0])  # fmt: skip
case("quote_duty", quote_customs_value=[1000, 1000], quote_duty_rate=[0.07, 0.07],
     quote_bears_duty=[1, 0], gives=[70, 0])  # fmt: skip
case("quote_warranty", quote_price=[1000], warranty_price_share=0.05, quote_lacking_years=[3],
     gives=[150])  # fmt: skip
case("quote_landed_price", quote_price=[1000], quote_freight=[200], quote_duty=[30],
     quote_warranty=[4], gives=[1234])  # fmt: skip
case("quote_terms_cost", quote_price=[1000, 500], quote_terms_share=[0.02, -0.01],
     gives=[20, -5])  # fmt: skip
case("quote_energy_cost", offered_power_kw=[10, 11], kw_energy_cost=300, gives=[3000, 3300])
case("quote_space_cost", offered_power_kw=[10, 11], kw_space_cost=700, gives=[7000, 7700])
case("quote_compared_price", quote_landed_price=[1000], quote_terms_cost=[-200],
     quote_energy_cost=[30], quote_space_cost=[4], gives=[834])  # fmt: skip
case("quote_more", quote_counts=[1, 1, 0], quotes_chosen=1, quote_compared_price=[930, 900, 800],
     quote_choice_price=[930, 900, None], gives=[30, 0, None])  # fmt: skip
case("quote_more", quote_counts=[1, 1], quotes_chosen=1, quote_compared_price=[930, 900],
     quote_choice_price=[930, None], gives=[0, -30])  # fmt: skip
case("quote_more", quote_counts=[1], quotes_chosen=0, quote_compared_price=[930],
     quote_choice_price=[None], gives=[None])  # fmt: skip
case("quote_counts", quote_reached=[1, 8, 0], quote_break=[8, 8, 0], gives=[0, 1, 0])

TERMS = ["EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP"]
case("quote_bears_freight", offered_incoterm=TERMS, gives=[1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
case("quote_bears_insurance", offered_incoterm=TERMS, gives=[1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
case("quote_bears_duty", offered_incoterm=TERMS, gives=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
case("quote_customs_value", customs_basis="cif", quote_price=[1000], quote_freight=[23],
     gives=[1023])  # fmt: skip
case("quote_customs_value", customs_basis="fob", quote_price=[1000], quote_freight=[23],
     gives=[1000])  # fmt: skip
case("quote_duty_rate", offered_duty_rate=[None, 0.07, 0], duty_rate=0.02, gives=[0.02, 0.07, 0])
case("quote_lacking_years", warranty_required_years=3, offered_warranty_years=[1, 3, 5],
     gives=[2, 0, 0])  # fmt: skip
case("quote_lead_days", offered_lead_weeks=[14, 3], days_per_week=7, gives=[98, 21])
case("quote_rest_share", offered_deposit_share=[0.3], offered_delivery_share=[0.6], gives=[0.1])
case("quote_deposit_years", quote_lead_days=[73], days_per_year=365, gives=[0.2])
case("quote_net_years", offered_net_days=[73], days_per_year=365, gives=[0.2])
# 0.3 x 1.21 + 0.6 / 1.331 + 0.1 / 1.4641 - 1
case("quote_terms_share", discount_rate=0.1, offered_deposit_share=[0.3], quote_deposit_years=[2],
     offered_delivery_share=[0.6], quote_net_years=[3], quote_rest_share=[0.1],
     acceptance_years=4, gives=[0.363 + 0.6 / 1.331 + 0.1 / 1.4641 - 1])  # fmt: skip
