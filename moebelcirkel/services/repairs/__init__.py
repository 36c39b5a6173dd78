"""Repairs of what institutions own: asked for, offered at a price, agreed to, and received."""

from moebelcirkel.services.repairs.agreeing import Agreed, accept
from moebelcirkel.services.repairs.asking import RepairWish, report
from moebelcirkel.services.repairs.lists import (
    Offerable,
    RepairChoices,
    RepairDetail,
    RepairRow,
    choices,
    detail,
    listed,
    task_types,
    waiting_count,
)
from moebelcirkel.services.repairs.offering import TaskOffer, offer, refuse
from moebelcirkel.services.repairs.parts import FittingPart, PartTaken, PartWish, fitting, take_part
from moebelcirkel.services.repairs.receiving import Received, receive
